import type { Bridge, Channel } from 'asterisk-ari';
import { Ear, eventually } from './expectations.js';
import { patience, type World } from './world.js';

/**
 * Puts a Local channel into the scenario's application: its far end runs an extension of the dialplan.
 * @param formats of its audio; any if left out
 */
export async function enterStasis(
  { client, app }: World,
  extension = 'wait',
  appArgs?: string,
  formats?: string,
): Promise<Channel> {
  const channel = client.channels.handle();
  const entered = channel.waitFor('StasisStart', patience);
  await channel.originateWithId({ endpoint: `Local/${extension}@default/n`, app, appArgs, formats });
  return (await entered).channel;
}

/** A Local channel whose two ends are both in the scenario's application: what one sends, the other receives. */
export interface Pair {
  readonly near: Channel;
  readonly far: Channel;
}

export async function enterPair({ client, app }: World): Promise<Pair> {
  const [one, two] = [client.channels.handle(), client.channels.handle()];
  const [near, far] = [one.waitFor('StasisStart', patience), two.waitFor('StasisStart', patience)];
  await one.originateWithId({ endpoint: `Local/stasis-${app}@default/n`, app, otherChannelId: two });
  // The near end enters when the far end has answered.
  const arrived = await far;
  await arrived.channel.answer();
  return { near: (await near).channel, far: arrived.channel };
}

/** A channel that is in the application and has not been dialled yet. */
export async function createUndialled({ client, app }: World, extension = 'wait', originator?: Channel) {
  const channel = client.channels.handle();
  const entered = channel.waitFor('StasisStart', patience);
  const endpoint = `Local/${extension}@default/n`;
  await client.channels.create({ endpoint, app, channelId: channel.id, originator });
  return (await entered).channel;
}

/** A channel that exists and is in no application; it waits in the dialplan. */
export async function dialplanChannel({ client }: World): Promise<Channel> {
  const place = { context: 'default', extension: 'wait', priority: 1 };
  const channel = await client.channels.originate({ endpoint: 'Local/wait@default/n', ...place });
  await eventually(async () => (await channel.get()).dialplan.app_name).toBe('Wait');
  return channel;
}

/** Takes channels out of a bridge, one after the other, and destroys it: else each would go by a thread of its own. */
export async function endBridge({ client }: World, bridge: Bridge, ...channels: readonly Channel[]): Promise<void> {
  const ear = new Ear(client);
  for (const member of channels) {
    await bridge.removeChannel({ channel: member });
    await ear.until('ChannelLeftBridge', ({ channel }) => channel.id === member.id);
  }
  await bridge.destroy();
}

/** Ends a bridge, and hangs its channels up. */
export async function dissolve(world: World, bridge: Bridge, ...channels: readonly Channel[]): Promise<void> {
  await endBridge(world, bridge, ...channels);
  for (const channel of channels) {
    await channel.hangup();
  }
}
