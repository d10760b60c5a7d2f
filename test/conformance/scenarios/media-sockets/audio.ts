import { startAudioSocketServer } from 'asterisk-ari/media';
import { expect } from 'vitest';
import { eventually } from '../../expectations.js';
import {
  closePair,
  joinBridge,
  openPair,
  openTestMedia,
  pieces,
  Recording,
  tone,
  type TestMedia,
} from '../../media.js';
import { endBridge, enterStasis } from '../../actors.js';
import type { Scenario, World } from '../../world.js';

const area = 'media sockets';
const since = 22;

async function hearKeys(world: World, media: TestMedia): Promise<void> {
  const digits: string[] = [];
  media.on('DTMF_END', ({ digit }) => digits.push(digit));
  const channel = await enterStasis(world, 'dtmf');
  const bridge = await joinBridge(world, media.channel, channel);
  await eventually(() => digits.join('')).toBe('1234#');
  await endBridge(world, bridge, media.channel, channel);
  await Promise.all([media.close(), channel.hangup()]);
}

/** What is sent arrives, as it is. */
export const audio: readonly Scenario[] = [
  ...(['slin16', 'ulaw', 'slin48'] as const).map((format): Scenario => ({
    area,
    since,
    name: `${format} passes between two programs as it is, both ways, whatever their control messages`,
    async run(world) {
      const pair = await openPair(world, { format }, { format, controlFormat: 'plain-text' });
      const { near, far } = pair;
      const [nearHears, farHears] = [new Recording(near), new Recording(far)];
      const [there, back] = [tone(near, 1_000, 1), tone(far, 1_000, 2)];
      const played = await Promise.all([near.play(pieces(there)), far.play(pieces(back))]);
      expect(played).toEqual([
        { outcome: 'played', playedMs: 1_000 },
        { outcome: 'played', playedMs: 1_000 },
      ]);
      await farHears.expectAll(there);
      await nearHears.expectAll(back);
      await closePair(world, pair);
    },
  })),
  {
    area,
    since,
    name: 'audio that the dialplan echoes comes back as it was',
    async run(world) {
      const format = 'slin';
      const media = await openTestMedia(world, { format });
      // Of another format, it would be converted on the way, and come back almost as it was.
      const channel = await enterStasis(world, 'echo', undefined, format);
      const dialplan = world.client.channels.handle(`${channel.id};2`);
      await eventually(async () => (await dialplan.get()).dialplan.app_name).toBe('Echo');
      const bridge = await joinBridge(world, media.channel, channel);
      const hears = new Recording(media);
      const said = tone(media, 1_000);
      expect(await media.play(said)).toEqual({ outcome: 'played', playedMs: 1_000 });
      await eventually(() => hears.bytes.includes(said)).toBe(true);
      await endBridge(world, bridge, media.channel, channel);
      await Promise.all([media.close(), channel.hangup()]);
    },
  },
  {
    area,
    since,
    name: 'a frame that is not full is filled up at a mark',
    async run(world) {
      const pair = await openPair(world);
      const { near, far } = pair;
      const hears = new Recording(far);
      const said = tone(near, 100).subarray(0, 3_000);
      void near.write(said.subarray(0, 1_000));
      void near.write(said.subarray(1_000));
      expect(await near.mark()).toBe('played');
      await hears.expectAll(Buffer.concat([said, Buffer.alloc(200)]));
      await closePair(world, pair);
    },
  },
  {
    area,
    since,
    name: 'a key that somebody presses in the bridge is told, by a WebSocket and by AudioSocket',
    async run(world) {
      await using server = await startAudioSocketServer();
      for (const through of [undefined, server]) {
        await hearKeys(world, await openTestMedia(world, { through }));
      }
    },
  },
  {
    area,
    since,
    name: 'audio goes one way only, if it shall',
    async run(world) {
      const pair = await openPair(world, { direction: 'both' }, { direction: 'in' });
      const { near, far } = pair;
      await expect(far.write(tone(far, 100))).rejects.toThrow("while the direction is 'in'");
      const [nearHears, farHears] = [new Recording(near), new Recording(far)];
      const [one, two] = [tone(near, 200, 1), tone(near, 200, 2)];
      await near.play(one);
      await farHears.expectAll(one);
      await far.setDirection('out');
      await near.play(two);
      await far.play(two);
      await nearHears.expectAll(two);
      expect(farHears.bytes).toHaveLength(one.length);
      await far.setDirection('both');
      await near.play(two);
      await farHears.expectAll(Buffer.concat([one, two]));
      await closePair(world, pair);
    },
  },
];
