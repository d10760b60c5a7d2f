import { vi } from 'vitest';
import { encodeCommand, parseEvent, type ControlFormat, type MediaCommand } from 'asterisk-ari/media';
import { pacedPlayer, queuePlayer, type Carrier } from '../../../src/media/session/player.js';
import { Sender } from '../../../src/media/session/sender.js';
import { readCommand, writeEvent } from '../../../src/testing/engine/media/control-messages.js';
import { FrameQueue } from '../../../src/testing/engine/media/frame-queue.js';

export interface LineOptions {
  readonly maxAheadMs?: number;
  readonly format?: ControlFormat;
  /** Time that a message takes, either way, in milliseconds. */
  readonly latencyMs?: number;
  /** Time between two frames at the other end: not quite 20 ms if its clock is another one. */
  readonly tickMs?: number;
  readonly maxQueuedBytes?: number;
  readonly answerTimeoutMs?: number;
}

export const frameBytes = 160;
export const frameMs = 20;

/** A sender, the queue of an Asterisk, and a line between them. Timers must be fake. */
export class Line {
  readonly sender: Sender;
  /** Frames that Asterisk has played, and when. */
  readonly played: { readonly frame: Buffer; readonly at: number }[] = [];
  /** Commands that Asterisk was sent. */
  readonly commands: string[] = [];
  /** Bytes of the messages with audio. */
  readonly messages: number[] = [];
  /** Most frames that have waited at Asterisk. */
  most = 0;
  /** Frames that Asterisk had no room for. */
  lost = 0;
  xoffs = 0;
  /** Nothing more comes from Asterisk. */
  isMute = false;
  readonly stalls: Error[] = [];
  readonly #queue: FrameQueue;
  readonly #format: ControlFormat;
  readonly #latencyMs: number;
  #length = 0;
  #isStill = false;

  constructor(options: LineOptions = {}) {
    const { maxAheadMs = 2_000, format = 'json', latencyMs = 5, tickMs = frameMs } = options;
    const { maxQueuedBytes = 2 ** 25, answerTimeoutMs = 10_000 } = options;
    this.#format = format;
    this.#latencyMs = latencyMs;
    this.#queue = new FrameQueue(frameBytes, (event) => this.#toUs(writeEvent(event, 'id', format)));
    const carrier: Carrier = {
      bufferedBytes: 0,
      sendAudio: (audio) => this.#later(() => this.#take(audio)),
      sendCommand: (command) => this.#send(command),
    };
    const player = queuePlayer(carrier, format, maxAheadMs);
    const onStall = (error: Error): void => void this.stalls.push(error);
    const bounds = { maxQueuedBytes, answerTimeoutMs, onStall };
    this.sender = new Sender({ player, frameBytes, frameMs, silence: 0xff, ...bounds });
    setInterval(() => this.#tick(), tickMs);
  }

  /** All that was played. */
  get audio(): Buffer {
    return Buffer.concat(this.played.map(({ frame }) => frame));
  }

  /** Milliseconds that were played. */
  get playedMs(): number {
    return this.played.length * frameMs;
  }

  /** Asterisk plays nothing, and does not know it. */
  standStill(isStill: boolean): void {
    this.#isStill = isStill;
  }

  #send(command: MediaCommand): void {
    const text = encodeCommand(command, this.#format);
    this.#later(() => this.#obey(text));
  }

  #later(action: () => void): void {
    setTimeout(action, this.#latencyMs);
  }

  #take(audio: Buffer): void {
    this.messages.push(audio.length);
    const frames = audio.length / frameBytes;
    if (this.#length >= 1_000) {
      this.lost += frames;
    } else {
      this.#length += frames;
    }
    this.most = Math.max(this.most, this.#length);
    this.#queue.push(audio);
  }

  #obey(text: string): void {
    this.commands.push(text);
    const command = readCommand(text, this.#format);
    if (command === undefined || command === 'malformed') {
      throw new Error(`Asterisk would not understand ${text}`);
    }
    const { name, id } = command;
    if (name === 'FLUSH_MEDIA') {
      this.#length = 0;
      this.#queue.flush();
    } else if (name === 'MARK_MEDIA') {
      this.#queue.mark(id);
    } else if (name === 'STOP_MEDIA_BUFFERING') {
      this.#queue.stopBuffering(id);
    } else if (name === 'START_MEDIA_BUFFERING') {
      this.#queue.startBuffering();
    } else if (name === 'REPORT_QUEUE_DRAINED') {
      this.#queue.reportDrained();
    } else {
      this.#queue.pause(name === 'PAUSE_MEDIA');
    }
  }

  #tick(): void {
    const frame = this.#isStill ? undefined : this.#queue.tick();
    if (frame !== undefined) {
      this.#length -= 1;
      this.played.push({ frame, at: performance.now() });
    }
  }

  #toUs(message: string): void {
    this.#later(() => {
      if (this.isMute) return;
      const parsed = parseEvent(message);
      if (parsed.kind !== 'event') {
        throw new Error(`Nobody would understand ${message}`);
      }
      const { event } = parsed;
      if (event.event === 'MEDIA_XOFF' || event.event === 'MEDIA_XON') {
        this.xoffs += event.event === 'MEDIA_XOFF' ? 1 : 0;
        this.sender.holdBack(event.event === 'MEDIA_XOFF');
      } else if (event.event === 'MEDIA_MARK_PROCESSED' || event.event === 'MEDIA_BUFFERING_COMPLETED') {
        this.sender.reached(event.correlation_id);
      } else if (event.event === 'QUEUE_DRAINED') {
        this.sender.ranDry();
      }
    });
  }
}

const never = { answerTimeoutMs: 0, onStall: () => undefined };

/** A sender to somebody who plays at once what comes: AudioSocket, or a channel that passes frames on. */
export class PacedLine {
  readonly sent: { readonly frame: Buffer; readonly at: number }[] = [];
  readonly sender: Sender;

  constructor(frame = frameBytes) {
    const carrier: Carrier = {
      bufferedBytes: 0,
      sendAudio: (audio) => this.sent.push({ frame: audio, at: performance.now() }),
      sendCommand: () => undefined,
    };
    const player = pacedPlayer(carrier);
    this.sender = new Sender({ player, frameBytes: frame, frameMs, silence: 0, maxQueuedBytes: 2 ** 20, ...never });
  }
}

/** Has timers, and the time that they go by, be the test's. */
export function fakeTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
}

/** Bytes of which no two frames are alike. */
export function speech(frames: number, seed = 1): Buffer {
  const audio = Buffer.alloc(frames * frameBytes);
  for (let at = 0; at < audio.length; at += 4) {
    audio.writeUInt32LE((at * 2_654_435_761 + seed * 97) % 2 ** 32, at);
  }
  return audio;
}
