import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import type { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { History } from '../../explorer/server/history.js';
import { Program } from './support/program.js';
import { Visitor } from './support/visitor.js';

let asterisk: TestAsterisk;

beforeAll(async () => {
  asterisk = await startAsterisk({ journalLimit: 0 });
});

afterAll(() => asterisk.close());

interface Entries {
  readonly type: 'entries' | 'about';
  readonly position: number;
  readonly skipped: number;
  readonly entries: readonly { readonly seq: number }[];
  readonly about: { readonly run: string };
}

/** A page that deals with what it is sent at once, or when the test says so. */
class Reader {
  readonly seqs: number[] = [];
  skipped = 0;
  position = 0;
  run = '';
  #socket: WebSocket | undefined;

  static async open(visitor: Visitor, isQuick: boolean, query = ''): Promise<Reader> {
    const reader = new Reader();
    const socket = await visitor.live(query, {}, (text) => {
      reader.#take(JSON.parse(text) as Entries);
      if (isQuick) reader.acknowledge();
    });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    reader.#socket = socket;
    await expect.poll(() => reader.run).not.toBe('');
    return reader;
  }

  acknowledge(): void {
    this.#socket?.send(JSON.stringify({ position: this.position }));
  }

  close(): void {
    this.#socket?.terminate();
  }

  #take({ type, entries, position, skipped, about }: Entries): void {
    if (type === 'about') {
      this.run = about.run;
      return;
    }
    for (const { seq } of entries) this.seqs.push(seq);
    this.skipped += skipped;
    this.position = position;
  }
}

/** Lets Asterisk say something so many times, as fast as the explorer can hear it. */
async function say(count: number, size = 10): Promise<void> {
  for (let done = 0; done < count; done += 500) {
    for (let each = 0; each < Math.min(500, count - done); each += 1) {
      asterisk.emit({ type: 'ChannelUserevent', eventname: 'said', userevent: { text: 'x'.repeat(size) } });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a page', () => {
  it('that is too slow keeps nothing waiting, and is told what it has missed', async () => {
    await using explorer = Program.on(asterisk, '--keep', '1000');
    const visitor = await Visitor.letIn(await explorer.address());
    const slow = await Reader.open(visitor, false);
    const quick = await Reader.open(visitor, true);
    for (let round = 1; round <= 10; round += 1) {
      await say(500);
      await expect.poll(() => quick.seqs.length).toBeGreaterThan(round * 500);
    }
    expect(quick.skipped).toBe(0);
    expect(quick.seqs).toEqual(quick.seqs.map((_, index) => (quick.seqs[0] ?? 0) + index));
    const before = slow.seqs.length;
    expect(before).toBeLessThanOrEqual(2500);
    slow.acknowledge();
    await expect.poll(() => slow.position).toBe(quick.position);
    expect(slow.skipped).toBeGreaterThan(0);
    expect(slow.seqs.length).toBeGreaterThan(before);
    expect(slow.seqs.length + slow.skipped).toBe(quick.seqs.length);
    slow.close();
    quick.close();
  });

  it('that comes back goes on where it was; one of another run begins anew', async () => {
    await using explorer = Program.on(asterisk);
    const visitor = await Visitor.letIn(await explorer.address());
    await say(10);
    const first = await Reader.open(visitor, true);
    await expect.poll(() => first.seqs.length).toBeGreaterThan(10);
    const { position, run } = first;
    first.close();
    await say(5);
    const again = await Reader.open(visitor, true, `?run=${run}&after=${position}`);
    await expect.poll(() => again.seqs.length).toBe(5);
    const other = await Reader.open(visitor, true, `?run=another&after=${position}`);
    await expect.poll(() => other.seqs.length).toBe(position + 5);
    again.close();
    other.close();
  });
});

describe('the history', () => {
  it('is bounded by entries and by characters, and knows what it has let go', () => {
    const history = new History({ entries: 5000, characters: 20_000 });
    for (let each = 1; each <= 20_000; each += 1) history.push('x'.repeat(10));
    expect(history.size).toBe(2000);
    expect(history.after(0, 10)).toMatchObject({ position: 18_010, skipped: 18_000 });
    expect(history.after(19_999)).toMatchObject({ position: 20_000, skipped: 0, texts: ['x'.repeat(10)] });
    expect(history.after(20_000)).toMatchObject({ position: 20_000, skipped: 0, texts: [] });
    history.push('y'.repeat(30_000));
    expect(history.size).toBe(1);
  });

  it('of a day of events takes no more memory than its bound', async () => {
    await using explorer = Program.on(asterisk, '--keep', '5000');
    const visitor = await Visitor.letIn(await explorer.address());
    const page = await Reader.open(visitor, true);
    // 240 MB of events, to a program that may have 96.
    for (let done = 0; done < 60_000; done += 500) {
      await say(500, 4000);
      await expect.poll(() => page.position, { timeout: 20_000, interval: 5 }).toBeGreaterThan(done + 500);
    }
    expect(page.seqs.length + page.skipped).toBe(page.position);
    const saved = await visitor.post('/api/save', { format: 'jsonl', selection: {} });
    expect(saved.body.trim().split('\n')).toHaveLength(5000);
    page.close();
  }, 60_000);
});
