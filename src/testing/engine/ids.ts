import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';

/** The names that Asterisk gives by counting. */
export class Ids {
  readonly #clock: Clock;
  #channels = 0;
  #unreal = 0;
  readonly #others = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A unique id of a channel: the second of its making and a count. */
  channel(): string {
    return `${Math.floor(this.#clock.now() / 1000)}.${this.#channels++}`;
  }

  /** The number that both halves of a Local channel share. */
  unreal(): string {
    return hex(this.#unreal++);
  }

  /** The next number in the names of another kind of channel. */
  next(kind: string): string {
    const count = this.#others.get(kind) ?? 0;
    this.#others.set(kind, count + 1);
    return hex(count);
  }

  uuid(): string {
    return randomUUID();
  }
}

function hex(count: number): string {
  return count.toString(16).padStart(8, '0');
}
