import type { Clock, Timer, TimerKind } from './clock.js';

interface Entry {
  readonly due: number;
  readonly kind: TimerKind;
  readonly action: () => void;
}

/** A clock that stands still until it is told how much time has passed. */
export class VirtualClock implements Clock {
  #now = Date.now();
  /** In the order of their time; those of one time in the order of their making. */
  readonly #timers: Entry[] = [];
  #frames = 0;

  /** Whether audio flows: its next piece is never far away. */
  get hasFrames(): boolean {
    return this.#frames > 0;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, kind: TimerKind, action: () => void): Timer {
    const entry: Entry = { due: this.#now + Math.max(0, ms), kind, action };
    const before = this.#timers.findLastIndex((other) => other.due <= entry.due);
    this.#timers.splice(before + 1, 0, entry);
    if (kind === 'frame') this.#frames += 1;
    return { cancel: () => this.#remove(entry) };
  }

  /** Lets time pass: every timer that falls due acts, in order, at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#timers[0]; next && next.due <= end; next = this.#timers[0]) {
      this.#remove(next);
      this.#now = Math.max(this.#now, next.due);
      next.action();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Lets time pass until something that goes on by itself has moved; says whether there was anything. */
  advanceToMedia(): boolean {
    const next = this.#timers.find((entry) => entry.kind !== 'patience');
    if (!next) return false;
    this.advance(Math.max(0, next.due - this.#now));
    return true;
  }

  close(): void {
    this.#timers.length = 0;
    this.#frames = 0;
  }

  #remove(entry: Entry): void {
    const at = this.#timers.indexOf(entry);
    if (at < 0) return;
    this.#timers.splice(at, 1);
    if (entry.kind === 'frame') this.#frames -= 1;
  }
}
