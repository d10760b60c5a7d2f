import { readDate } from '../domain/date.js';

/** A frame, and whether it is binary. */
export type Frame = readonly [frame: Buffer, isBinary: boolean];

/** What is looked at of a message. */
export interface Message {
  readonly type?: unknown;
  readonly application?: unknown;
  readonly asterisk_id?: unknown;
  readonly timestamp?: unknown;
  readonly channel?: unknown;
  readonly request_id?: unknown;
  readonly status_code?: unknown;
  readonly message_body?: unknown;
}

/** So much of what was queued for us while there was no connection is held; then one goes on with what is known. */
const most = { frames: 10_000, bytes: 16 * 1024 * 1024 };

/** What has come before there is a client for it, and what it says of who sends it. */
export class HeldFrames {
  readonly all: Frame[] = [];
  readonly apps = new Set<string>();
  asteriskId = '';
  #saidAt: string | undefined;
  #bytes = 0;

  get isFull(): boolean {
    return this.all.length >= most.frames || this.#bytes >= most.bytes;
  }

  /** The latest time that was told; in milliseconds since 1970. */
  get saidAt(): number | undefined {
    return readDate(this.#saidAt)?.getTime();
  }

  hold(data: Buffer, isBinary: boolean, message: Message | undefined): void {
    this.all.push([data, isBinary]);
    this.#bytes += data.length;
    this.#note(message);
  }

  /** What was kept for an application names it, too. */
  #note({ application, asterisk_id, timestamp }: Message = {}): void {
    if (typeof application === 'string') {
      this.apps.add(application);
    }
    if (typeof asterisk_id === 'string') {
      this.asteriskId = asterisk_id;
    }
    if (typeof timestamp === 'string') {
      this.#saidAt = timestamp;
    }
  }

  /** Whether the call of a channel of this name begins in here. */
  begins(channelName: string): boolean {
    return this.all.some(([data, isBinary]) => {
      const { type, channel } = (isBinary ? undefined : parseMessage(data)) ?? {};
      return type === 'StasisStart' && (channel as { name?: unknown } | null | undefined)?.name === channelName;
    });
  }
}

/** What is no JSON object is the client's business. */
export function parseMessage(data: Buffer | string): Message | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
