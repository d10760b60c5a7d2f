import type { PresentNotice } from '../contract/notices.js';
import type { Dispatcher } from '../events/dispatcher.js';
import { ClientScope } from '../events/scopes.js';
import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import { isSubscribed } from './event-sources.js';
import type { Inquiry } from './inquiry.js';

/** What it takes to tell what is there. */
export interface ResidentsParts {
  readonly dispatcher: Dispatcher;
  readonly inquiry: Inquiry;
  readonly logger: Logger;
  /** Resolves when the applications have the subscriptions that they are to have. */
  readonly opened: Promise<void>;
  /** Resolves when everything has been heard that Asterisk has sent until now. */
  readonly readAll: () => Promise<void>;
}

/**
 * Tells what is in applications already when a client is started for them, left there by an earlier process; nobody is
 * asked unless somebody listens to that. A call that comes meanwhile is told by its `StasisStart` alone: Asterisk sends
 * that before the call is among the application's channels.
 */
export async function tellPresent(
  { dispatcher, inquiry, logger, opened, readAll }: ResidentsParts,
  apps: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (dispatcher.notice('present').audience === 0) {
    return;
  }
  const arrived = new Set<unknown>();
  const onStart = ({ channel }: { channel?: { id?: unknown } }): unknown => arrived.add(channel?.id);
  const watching = new ClientScope(dispatcher).add('StasisStart', onStart, false, undefined);
  try {
    await opened;
    const [channels, bridges] = await ask(inquiry, apps, signal);
    await readAll();
    const notice: PresentNotice = {
      apps,
      channels: [...channels].filter((id) => !arrived.has(id)),
      bridges: [...bridges],
    };
    if (!signal.aborted && notice.channels.length + notice.bridges.length > 0) {
      dispatcher.notify('present', notice);
    }
  } catch (error) {
    if (!signal.aborted) {
      logger.warn(`could not find out what is in ${apps.join(', ')} already: ${errorText(error)}`);
    }
  } finally {
    watching.close();
  }
}

/** The ids of the channels and bridges whose events the applications get. */
async function ask(
  inquiry: Inquiry,
  apps: readonly string[],
  signal: AbortSignal,
): Promise<[channels: ReadonlySet<string>, bridges: ReadonlySet<string>]> {
  const channels = new Set<string>();
  const bridges = new Set<string>();
  for (const app of apps) {
    const facts = (await inquiry.application(app, signal)) ?? {};
    const every = async (kind: 'Channel' | 'Bridge', source: string, ids: readonly string[] = []) =>
      isSubscribed(facts, source) ? inquiry.all(kind, signal) : ids;
    (await every('Channel', 'channel:', facts.channel_ids)).forEach((id) => channels.add(id));
    (await every('Bridge', 'bridge:', facts.bridge_ids)).forEach((id) => bridges.add(id));
  }
  return [channels, bridges];
}
