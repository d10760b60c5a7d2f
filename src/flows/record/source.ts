import { OwnBridge } from '../bridge.js';
import type { RecordableChannel } from '../parties.js';
import { Snoop, type SnoopableChannel } from '../snoop.js';
import { isOfUnknownMember, type Watch } from '../watch.js';
import type { RecordMessageRules } from './options.js';
import type { RecordClient, Recordable } from './parties.js';

/** What is recorded in place of a channel, or the channel itself. */
export interface Source extends Recordable {
  close(): Promise<void>;
}

/** Undefined if the channel has hung up. */
export async function openSource(
  channel: RecordableChannel & SnoopableChannel,
  { bridge, client, snoop }: RecordMessageRules,
  watch: Watch,
): Promise<Source | undefined> {
  if (snoop === undefined) {
    const where = bridge ?? channel;
    return { record: (params) => where.record(params), close: () => Promise.resolve() };
  }
  const opened = await Snoop.open(channel, { ...snoop, whisper: 'none' }, watch, 'snoop.app', client);
  return opened && { record: (params) => opened.channel.record(params), close: () => opened.close() };
}

/** Whether a channel was refused as if it were in a bridge though it is in none, and can be recorded now. */
export async function mend(channel: { readonly id: string }, client: RecordClient, watch: Watch): Promise<boolean> {
  const bridges = await client.bridges.list();
  if (bridges.some(({ channels }) => channels.includes(channel.id)) || watch.ending !== undefined) {
    return false;
  }
  const own = await OwnBridge.create(client, 'mixing');
  try {
    await watch.request(() => own.add(channel.id), isOfUnknownMember);
    return watch.ending === undefined;
  } finally {
    await own.end();
  }
}
