import { once } from 'node:events';
import { WebSocket } from 'ws';
import { connectMedia } from '../media.js';
import { frameMs } from '../server/media-line.js';
import type { MediaReport } from '../server/media-peer.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface MediaInput {
  /** Of the peer. */
  readonly url: string;
  /** A program that plays the other end, or the double. */
  readonly peer: 'synthetic' | 'double';
  readonly carrier: keyof typeof echoes;
  readonly sockets: number;
  /** How long audio flows, in milliseconds. */
  readonly ms: number;
}

/** Code is warm by then, in milliseconds. */
const warmUpMs = 2_000;

type OnSent = (frame: Buffer) => void;

/** Opens a socket that sends every frame back; what it returns closes it. */
const echoes = {
  async 'asterisk-ari'(url: string, connectionId: string, onSent: OnSent): Promise<() => Promise<void>> {
    const media = await connectMedia({ url, connectionId });
    const echo = async (): Promise<void> => {
      for await (const frame of media) {
        await media.write(frame);
        onSent(frame);
      }
    };
    const over = echo();
    return async () => {
      await media.close();
      await over;
    };
  },
  async ws(url: string, connectionId: string, onSent: OnSent): Promise<() => Promise<void>> {
    const socket = new WebSocket(new URL(`media/${connectionId}`, url), 'media', { perMessageDeflate: false });
    socket.on('message', (frame: Buffer, isBinary) => {
      if (isBinary) {
        socket.send(frame);
        onSent(frame);
      }
    });
    await once(socket, 'open');
    return async () => {
      socket.close();
      await once(socket, 'close');
    };
  },
};

/** Media sockets of one process that send back what they hear. */
export const media: Task<MediaInput> = async (_subject, input) => {
  const { url, carrier, ms } = input;
  const isDouble = input.peer === 'double';
  const target = isDouble ? await openAtDouble(input) : { url, ids: idsOf(input) };
  const watches = target.ids.map(() => new Watch());
  const closers = await Promise.all(
    target.ids.map((id, index) => {
      // What the other peer has sent says by itself when it was due.
      const onSent: OnSent = isDouble ? (frame) => watches[index]?.sent(frame) : () => undefined;
      return echoes[carrier](target.url, id, onSent);
    }),
  );
  await ask(url, 'play', { ms: warmUpMs });
  watches.forEach((watch) => watch.begin());
  const meter = new Meter();
  const report = (await ask(url, 'play', { ms })) as MediaReport;
  const { cpuUs } = meter.stop();
  const { frames, lost, p50Ms, p99Ms, maxMs } = isDouble ? { ...report, ...lateness(watches) } : report;
  await Promise.all(closers.map((close) => close()));
  return { cpuUs: cpuUs / frames, p50Ms, p99Ms, maxMs, lost };
};

/** When the frames of a socket were sent back, beside the time at which the earliest of them says they should have been. */
class Watch {
  #times: { readonly number: number; readonly at: number }[] = [];

  begin(): void {
    this.#times = [];
  }

  sent(frame: Buffer): void {
    const number = frame.readUInt32LE();
    if (number > 0) this.#times.push({ number, at: performance.now() });
  }

  get late(): number[] {
    const offsets = this.#times.map(({ number, at }) => at - number * frameMs);
    const earliest = offsets.reduce((least, each) => Math.min(least, each), Infinity);
    return offsets.map((each) => each - earliest);
  }
}

function lateness(watches: readonly Watch[]): Pick<MediaReport, 'p50Ms' | 'p99Ms' | 'maxMs'> {
  const late = Float64Array.from(watches.flatMap((watch) => watch.late)).sort();
  const at = (part: number): number => late[Math.min(late.length - 1, Math.floor(late.length * part))] ?? NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

function idsOf({ sockets }: MediaInput): string[] {
  return Array.from({ length: sockets }, (_, index) => `socket-${index}`);
}

async function openAtDouble({ url, sockets }: MediaInput): Promise<{ url: string; ids: string[] }> {
  return (await ask(url, 'open', { sockets })) as { url: string; ids: string[] };
}

async function ask(url: string, what: string, params: Readonly<Record<string, number>>): Promise<unknown> {
  const query = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  const response = await fetch(new URL(`bench/${what}?${query.join('&')}`, url));
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
