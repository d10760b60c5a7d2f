import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Parrot } from '../../../../examples/media/parrot.js';
import { recorder } from '../../../../examples/media/recorder-application.js';
import { voiceBot } from '../../../../examples/media/voice-bot-application.js';
import { Ear, eventually } from '../../expectations.js';
import { openTestMedia, Recording, tone } from '../../media.js';
import type { Scenario } from '../../world.js';

const area = 'media sockets';
const since = 22;

/** The examples, with a program in the place of a caller. */
export const examples: readonly Scenario[] = [
  {
    area,
    since,
    name: 'a voice bot answers, is interrupted, and knows how much of its answer was heard',
    async run(world) {
      const ear = new Ear(world.client);
      const log: string[] = [];
      voiceBot(world.client, world.app, (events) => new Parrot(events, (text) => log.push(text)));
      const caller = await openTestMedia(world);
      const hears = new Recording(caller);
      const [first, second] = [tone(caller, 4_000, 1), tone(caller, 300, 2)];
      const silence = Buffer.alloc(32 * 600);
      await ear.until('ChannelEnteredBridge', ({ bridge }) => bridge.channels.length === 2);
      await caller.play([first, silence]);
      await eventually(() => hears.bytes.length).toBeGreaterThan(32 * 400);
      await caller.play([second, silence]);
      await eventually(() => hears.bytes.includes(second)).toBe(true);
      expect(log).toEqual(['heard 4000 ms', expect.stringMatching(/^interrupted after \d+ ms$/), 'heard 300 ms']);
      const playedMs = Number(/\d+/.exec(log[1] ?? '')?.[0]);
      const heardMs = hears.bytes.indexOf(second) / 32;
      expect(hears.bytes.subarray(0, heardMs * 32).equals(first.subarray(0, heardMs * 32))).toBe(true);
      expect(playedMs).toBeGreaterThan(0);
      expect(playedMs).toBeLessThanOrEqual(heardMs + 100);
      await caller.hangup();
      await eventually(() => ear.of('ChannelDestroyed').length).toBe(2);
    },
  },
  {
    area,
    since,
    name: 'a recorder writes what a caller says to a WAV file',
    async run(world) {
      const ear = new Ear(world.client);
      const folder = await mkdtemp(join(tmpdir(), 'recorder-'));
      try {
        const log: string[] = [];
        recorder(world.client, world.app, folder, (text) => log.push(text));
        const caller = await openTestMedia(world, { format: 'slin16' });
        const said = tone(caller, 1_000);
        await ear.until('ChannelEnteredBridge', ({ bridge }) => bridge.channels.length === 2);
        expect(await caller.play(said)).toEqual({ outcome: 'played', playedMs: 1_000 });
        await caller.hangup();
        const file = join(folder, `${caller.channel.id}.wav`);
        await eventually(() => log).toEqual([`${file}: 1000 ms, 0 ms dropped`]);
        const wav = await readFile(file);
        expect(wav.subarray(0, 4).toString('latin1')).toBe('RIFF');
        expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
        expect(wav.subarray(44).equals(said)).toBe(true);
        await eventually(() => ear.of('ChannelDestroyed').length).toBe(2);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
];
