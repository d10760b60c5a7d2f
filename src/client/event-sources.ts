import type { ApplicationFacts } from './application-facts.js';

/** Event sources that stand for everything of a kind: what `subscribeAll` is made of. */
export const everySource = ['channel:', 'bridge:', 'endpoint:', 'deviceState:'] as const;

/** How an application's lists show that it is subscribed to everything of a kind. */
const everyId: ReadonlyMap<string, string> = new Map([
  ['channel', '__AST_CHANNEL_ALL_TOPIC'],
  ['bridge', '__AST_BRIDGE_ALL_TOPIC'],
  ['endpoint', '__AST_ENDPOINT_ALL_TOPIC'],
  ['deviceState', '__AST_DEVICE_STATE_ALL_TOPIC'],
]);

/** Whether the application receives the events of a source: `channel:1700000000.1`, `bridge:` for every bridge. */
export function isSubscribed(facts: ApplicationFacts, source: string): boolean {
  const colon = source.indexOf(':');
  const scheme = source.slice(0, colon);
  const ids = idsOf(facts, scheme) ?? [];
  const id = source.slice(colon + 1);
  return ids.includes(everyId.get(scheme) ?? '') || (id !== '' && ids.includes(id));
}

/** The event sources that any of the applications receives the events of; quick where there are many. */
export function subscribedSources(facts: readonly ApplicationFacts[]): { has(source: string): boolean } {
  const schemes = [...everyId.keys()];
  const sources = new Set(
    facts.flatMap((each) => schemes.flatMap((scheme) => (idsOf(each, scheme) ?? []).map((id) => `${scheme}:${id}`))),
  );
  return {
    has: (source) => {
      const scheme = source.slice(0, source.indexOf(':'));
      return sources.has(source) || sources.has(`${scheme}:${everyId.get(scheme)}`);
    },
  };
}

/** Whether this Asterisk can subscribe to such a source at all. */
export function isSupported(facts: ApplicationFacts, source: string): boolean {
  return !source.startsWith('deviceState:') || facts.device_names !== undefined;
}

function idsOf(facts: ApplicationFacts, scheme: string): readonly string[] | undefined {
  switch (scheme) {
    case 'channel':
      return facts.channel_ids;
    case 'bridge':
      return facts.bridge_ids;
    case 'endpoint':
      return facts.endpoint_ids;
    case 'deviceState':
      return facts.device_names;
    default:
      return undefined;
  }
}
