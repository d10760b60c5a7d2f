import { once } from 'node:events';
import { WebSocket } from 'ws';
import { connectMedia } from '../media.js';
import type { MediaReport } from '../server/media-peer.js';
import { Meter } from './meter.js';
import type { Task } from './task.js';

export interface MediaInput {
  /** Of the peer. */
  readonly url: string;
  readonly carrier: keyof typeof echoes;
  readonly sockets: number;
  /** How long audio flows, in milliseconds. */
  readonly ms: number;
}

/** Code is warm by then, in milliseconds. */
const warmUpMs = 2_000;

/** Opens a socket that sends every frame back; what it returns closes it. */
const echoes = {
  async 'asterisk-ari'(url: string, connectionId: string): Promise<() => Promise<void>> {
    const media = await connectMedia({ url, connectionId });
    const echo = async (): Promise<void> => {
      for await (const frame of media) await media.write(frame);
    };
    const over = echo();
    return async () => {
      await media.close();
      await over;
    };
  },
  async ws(url: string, connectionId: string): Promise<() => Promise<void>> {
    const socket = new WebSocket(new URL(`media/${connectionId}`, url), 'media', { perMessageDeflate: false });
    socket.on('message', (frame: Buffer, isBinary) => isBinary && socket.send(frame));
    await once(socket, 'open');
    return async () => {
      socket.close();
      await once(socket, 'close');
    };
  },
};

/** Media sockets of one process that send back what they hear. */
export const media: Task<MediaInput> = async (_subject, { url, carrier, sockets, ms }) => {
  const opened = Array.from({ length: sockets }, (_, index) => echoes[carrier](url, `socket-${index}`));
  const closers = await Promise.all(opened);
  await play(url, warmUpMs);
  const meter = new Meter();
  const { frames, lost, p50Ms, p99Ms, maxMs } = await play(url, ms);
  const { cpuUs } = meter.stop();
  await Promise.all(closers.map((close) => close()));
  return { cpuUs: cpuUs / frames, p50Ms, p99Ms, maxMs, lost };
};

async function play(url: string, ms: number): Promise<MediaReport> {
  const response = await fetch(new URL(`bench/play?ms=${ms}`, url));
  return (await response.json()) as MediaReport;
}
