/**
 * Rooms by the digits that are typed; whoever types the PIN after them, `100*4711`, is a moderator. Others wait for one. What
 * is said is recorded, which is announced, and the room ends with its moderator.
 *
 *     StasisStart → answer → play conf-getconfno → digits → no moderator yet → music
 *                                                         → moderator → POST bridge, add all → announcement, record
 *     ChannelLeftBridge (the moderator) → the others out → play vm-goodbye → hang up → RecordingFinished, DELETE bridge
 */
import type { AriClient, Channel } from 'asterisk-ari';
import { Conference, gather, play } from 'asterisk-ari/flows';
import { example } from './support/example.js';

/** @returns what ends it */
export function conferences(client: AriClient, pin: string): () => Promise<void> {
  const rooms = new Map<string, Conference<Channel>>();
  const closing = new AbortController();

  client.channels.on('StasisStart', async (channel) => {
    await channel.answer();
    const { digits, reason } = await gather(channel, { prompt: 'sound:conf-getconfno', tries: 3, minDigits: 3 });
    if (reason === 'hangup') {
      return;
    }
    const [number = '', typed] = digits.split('*');
    const stay = await roomOf(number).join(channel, { moderator: typed === pin });
    if (stay.reason !== 'hangup') {
      await play(channel, { media: stay.reason === 'full' ? 'sound:conf-full' : 'sound:vm-goodbye' });
      await channel.hangup().catch(() => undefined);
    }
  });

  function roomOf(number: string): Conference<Channel> {
    const options = { waitForModerator: true, endWithModerator: true, maxParticipants: 20 };
    const room = rooms.get(number) ?? new Conference<Channel>(client, options);
    if (!rooms.has(number)) {
      rooms.set(number, room);
      void record(room, number);
    }
    return room;
  }

  /** From each moderator's coming to the end of the meeting. */
  async function record(room: Conference<Channel>, number: string): Promise<void> {
    for await (const { type, participant } of room.changes({ signal: closing.signal })) {
      if (type === 'joined' && participant.moderator) {
        await room.announce({ media: 'sound:conf-now-recording' });
        await room.record({ name: `conferences/${number}-${Date.now()}` });
      }
    }
  }

  return async () => {
    closing.abort();
    await Promise.all([...rooms.values()].map((room) => room.end()));
  };
}

export default example(import.meta.url, {
  app: 'conference',
  start: (client) => conferences(client, '4711'),
  async demo({ call }, { client }) {
    const guest = await call('guest');
    await guest.hears('sound:conf-getconfno');
    await guest.press('100#');
    const leader = await call('leader', '200');
    await leader.hears('sound:conf-getconfno');
    const recording = client.waitFor('RecordingStarted', { timeoutMs: 20_000 });
    await leader.press('100*4711#');
    await guest.hears('sound:conf-now-recording');
    await recording;
    await leader.speak('sound:hello-world');
    await leader.hangup();
    await guest.hears('sound:vm-goodbye');
    await guest.ended();
  },
});
