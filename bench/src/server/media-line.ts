import type { WebSocket } from 'ws';

/** A frame of `slin16`, 20 ms long. */
export const frameBytes = 640;
export const frameMs = 20;

/** When a frame is due stands in its first bytes, in milliseconds of a clock that all processes share. */
export function stamp(due: number): Buffer {
  const frame = Buffer.alloc(frameBytes, 1);
  frame.writeDoubleLE(due);
  return frame;
}

export function clock(): number {
  return performance.timeOrigin + performance.now();
}

/** One channel at the other end of a media socket: it sends a frame when one is due, and plays what it is sent. */
export class MediaLine {
  /** By how much the frames that came back were late, in milliseconds. */
  readonly late: number[] = [];
  sent = 0;
  readonly #socket: WebSocket;
  readonly #marks: { readonly at: number; readonly id: unknown }[] = [];
  #queued = 0;
  #played = 0;

  constructor(socket: WebSocket, id: string) {
    this.#socket = socket;
    socket.on('message', (message: Buffer, isBinary) => (isBinary ? this.#take(message) : this.#obey(message)));
    socket.on('error', () => undefined);
    const { channel, format } = { channel: `WebSocket/INCOMING/${id}`, format: 'slin16' };
    const start = { event: 'MEDIA_START', connection_id: id, channel, channel_id: id, format };
    this.#tell({ ...start, optimal_frame_size: frameBytes, ptime: frameMs });
  }

  send(due: number): void {
    this.sent += 1;
    this.#socket.send(stamp(due));
  }

  /** The time of a frame has passed. */
  play(): void {
    this.#played = Math.min(this.#queued, this.#played + 1);
    while ((this.#marks[0]?.at ?? Infinity) <= this.#played) {
      this.#tell({ event: 'MEDIA_MARK_PROCESSED', correlation_id: this.#marks.shift()?.id });
    }
  }

  #take(message: Buffer): void {
    const now = clock();
    for (let at = 0; at < message.length; at += frameBytes) {
      this.#queued += 1;
      this.late.push(now - message.readDoubleLE(at));
    }
  }

  #obey(message: Buffer): void {
    const { command, correlation_id } = JSON.parse(message.toString()) as Record<string, unknown>;
    if (command === 'MARK_MEDIA') {
      this.#marks.push({ at: this.#queued, id: correlation_id });
    }
  }

  #tell(event: object): void {
    this.#socket.send(JSON.stringify(event));
  }
}
