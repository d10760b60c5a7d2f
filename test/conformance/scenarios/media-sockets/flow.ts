import { expect } from 'vitest';
import { eventually } from '../../expectations.js';
import { closePair, openPair, openTestMedia, Recording, tone } from '../../media.js';
import type { Scenario } from '../../world.js';

const area = 'media sockets';
const since = 22;

/** Queueing: how far ahead, marks, flush, pause. */
export const flow: readonly Scenario[] = [
  {
    area,
    since,
    name: 'a queue that is full holds us back, and nothing is lost',
    async run(world) {
      const pair = await openPair(world, { format: 'ulaw', maxAheadMs: 60_000 });
      const { near, far } = pair;
      const hears = new Recording(far);
      const told: string[] = [];
      near.on('MEDIA_XOFF', () => told.push('XOFF'));
      near.on('MEDIA_XON', () => told.push('XON'));
      const said = tone(near, 22_000);
      // However fast its clock runs: a queue that stands still fills up.
      near.pause();
      const playing = near.play(said);
      await eventually(() => told).toEqual(['XOFF']);
      expect(near.heldBack).toBe(true);
      const { queue_length, queue_full } = await near.status();
      expect(queue_full).toBe(true);
      expect(queue_length).toBeGreaterThanOrEqual(900);
      near.continue();
      expect(await playing).toEqual({ outcome: 'played', playedMs: 22_000 });
      expect(told).toEqual(['XOFF', 'XON']);
      await hears.expectAll(said);
      await closePair(world, pair);
    },
  },
  {
    area,
    since,
    name: 'audio is sent no further ahead than allowed',
    async run(world) {
      const media = await openTestMedia(world, { maxAheadMs: 400 });
      const playing = media.play(tone(media, 2_000));
      const lengths: number[] = [];
      for (let count = 0; count < 10; count += 1) {
        lengths.push((await media.status()).queue_length);
      }
      expect(Math.max(...lengths)).toBeLessThanOrEqual(20);
      expect((await playing).outcome).toBe('played');
      await media.close();
    },
  },
  ...(['json', 'plain-text'] as const).map((controlFormat): Scenario => ({
    area,
    since,
    name: `marks are reached one after the other, in ${controlFormat}`,
    async run(world) {
      const media = await openTestMedia(world, { controlFormat });
      const answers = { json: 'MEDIA_MARK_PROCESSED', 'plain-text': 'MEDIA_BUFFERING_COMPLETED' } as const;
      const ids: string[] = [];
      media.on(answers[controlFormat], ({ correlation_id }) => ids.push(correlation_id));
      const reached: string[] = [];
      const marks = ['a', 'b', 'c'].map(async (name) => {
        void media.write(tone(media, 60));
        reached.push(`${name} ${await media.mark()}`);
      });
      await Promise.all(marks);
      expect(reached).toEqual(['a played', 'b played', 'c played']);
      // Some are the connection's own, by which it knows how far Asterisk is.
      expect(ids.map(Number)).toEqual(ids.map((_, index) => index + 1));
      expect(ids.length).toBeGreaterThanOrEqual(3);
      await media.close();
    },
  })),
  {
    area,
    since,
    name: 'a flush discards what waits, and settles its marks',
    async run(world) {
      const pair = await openPair(world);
      const { near, far } = pair;
      const hears = new Recording(far);
      const [old, fresh] = [tone(near, 10_000, 1), tone(near, 200, 2)];
      const utterance = near.begin();
      void utterance.write(old);
      const mark = utterance.end();
      await eventually(() => hears.bytes.length).toBeGreaterThan(6_400);
      near.flush();
      expect(await mark).toBe('flushed');
      const { playedMs } = utterance;
      expect(await utterance.write(old)).toBe(false);
      expect(await near.play(fresh)).toEqual({ outcome: 'played', playedMs: 200 });
      await eventually(() => hears.bytes.subarray(-fresh.length).equals(fresh)).toBe(true);
      const heardMs = (hears.bytes.length - fresh.length) / 32;
      expect(hears.bytes.subarray(0, heardMs * 32).equals(old.subarray(0, heardMs * 32))).toBe(true);
      // What is known of it is as true as the clocks agree; the double's may run faster than ours.
      expect(playedMs).toBeGreaterThan(0);
      expect(playedMs).toBeLessThanOrEqual(heardMs + 100);
      await closePair(world, pair);
    },
  },
  {
    area,
    since,
    name: 'a pause holds what is sent, and goes on after a flush',
    async run(world) {
      const pair = await openPair(world);
      const { near, far } = pair;
      const hears = new Recording(far);
      near.pause();
      void near.write(tone(near, 200, 1));
      expect(await near.status()).toMatchObject({ queue_length: 10, media_paused: true, bulk_media: true });
      near.flush();
      expect(await near.status()).toMatchObject({ queue_length: 0, media_paused: true, bulk_media: false });
      const said = tone(near, 200, 2);
      void near.write(said);
      expect(await near.status()).toMatchObject({ queue_length: 10, media_paused: true });
      expect(hears.bytes).toHaveLength(0);
      near.continue();
      expect(await near.drained()).toBe('played');
      await hears.expectAll(said);
      await closePair(world, pair);
    },
  },
];
