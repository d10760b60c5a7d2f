/**
 * Callers wait together, with music, and a tone tells them of each newcomer. The bridge is there as long as somebody is.
 *
 *     StasisStart → answer → POST bridge (the first), holding → add      music
 *     ChannelEnteredBridge → play ascending-2tone to the bridge
 *     StasisEnd of the last → DELETE bridge
 */
import type { AriClient, Bridge } from 'asterisk-ari';
import { example } from './support/example.js';

export function waitingRoom(client: AriClient): void {
  const waiting = new Set<string>();
  let room: Promise<Bridge> | undefined;

  client.channels.on('StasisStart', async (caller) => {
    waiting.add(caller.id);
    caller.once('StasisEnd', () => leave(caller.id));
    await caller.answer();
    room ??= open();
    await (await room).addChannel({ channel: caller });
  });

  /** A holding bridge: whoever is in it hears music, and does not hear the others. */
  async function open(): Promise<Bridge> {
    const bridge = await client.bridges.create({ type: 'holding', name: 'waiting room' });
    bridge.on('ChannelEnteredBridge', (bridge) => bridge.play({ media: 'sound:ascending-2tone' }));
    return bridge;
  }

  /** Callers are counted here: while a tone is played, a channel of Asterisk's own is in the bridge as well. */
  async function leave(channelId: string): Promise<void> {
    waiting.delete(channelId);
    if (waiting.size > 0 || room === undefined) return;
    const bridge = room;
    room = undefined;
    await (await bridge).destroy();
  }
}

export default example(import.meta.url, {
  app: 'bridge',
  start: waitingRoom,
  async demo({ call }) {
    const ann = await call('ann');
    await ann.hears('sound:ascending-2tone');
    const bob = await call('bob', '200');
    await bob.hears('sound:ascending-2tone');
    await bob.isWith('ann');
    await ann.hangup();
    await bob.hangup();
  },
});
