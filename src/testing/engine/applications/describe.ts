import type { Application, SourceScheme } from './application.js';

/** What Asterisk shows where an application is subscribed to all of a kind. */
const ALL: Readonly<Record<SourceScheme, string>> = {
  channel: '__AST_CHANNEL_ALL_TOPIC',
  bridge: '__AST_BRIDGE_ALL_TOPIC',
  endpoint: '__AST_ENDPOINT_ALL_TOPIC',
  deviceState: '__AST_DEVICE_STATE_ALL_TOPIC',
};

/** What stands for all of a kind. */
export function topicOfAll(scheme: SourceScheme): string {
  return ALL[scheme];
}

/** An application as ARI shows it. */
export function describeApplication(application: Application): Record<string, unknown> {
  return {
    name: application.name,
    channel_ids: ids(application, 'channel'),
    bridge_ids: ids(application, 'bridge'),
    endpoint_ids: ids(application, 'endpoint'),
    device_names: ids(application, 'deviceState'),
    events_allowed: application.filter.allowed,
    events_disallowed: application.filter.disallowed,
  };
}

function ids(application: Application, scheme: SourceScheme): string[] {
  return application
    .sourcesOf(scheme)
    .map((id) => id || ALL[scheme])
    .sort();
}
