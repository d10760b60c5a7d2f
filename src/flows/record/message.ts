import type { DigitBuffer } from '../digits.js';
import type { RecordableChannel } from '../parties.js';
import type { SnoopableChannel } from '../snoop.js';
import { graceMs, Watch } from '../watch.js';
import { beep } from './beep.js';
import type { RecordMessageRules } from './options.js';
import { factsOf, limitOf, type RecordMessageResult } from './result.js';
import { mend, openSource, type Source } from './source.js';
import { isStored } from './stored.js';
import { Taping } from './taping.js';

/** Records what a caller says, once. */
export async function recordOnce(
  channel: RecordableChannel & SnoopableChannel,
  rules: RecordMessageRules,
  digits: DigitBuffer,
  signal: AbortSignal | undefined,
): Promise<RecordMessageResult> {
  const watch = new Watch(channel, signal);
  digits.onDigit = () => watch.notify();
  try {
    return await new Message(channel, rules, watch, digits).record();
  } finally {
    digits.onDigit = undefined;
    watch.close();
  }
}

class Message {
  readonly #channel: RecordableChannel & SnoopableChannel;
  readonly #rules: RecordMessageRules;
  readonly #watch: Watch;
  readonly #digits: DigitBuffer;
  /** Whether Asterisk hears the caller's digits where it records. */
  readonly #hearsDigits: boolean;
  /** What was typed while it was recorded, but for the terminator. */
  #typed = '';
  #terminator: string | undefined;

  constructor(
    channel: RecordableChannel & SnoopableChannel,
    rules: RecordMessageRules,
    watch: Watch,
    digits: DigitBuffer,
  ) {
    this.#channel = channel;
    this.#rules = rules;
    this.#watch = watch;
    this.#digits = digits;
    this.#hearsDigits = rules.bridge === undefined && rules.snoop === undefined;
  }

  async record(): Promise<RecordMessageResult> {
    const source =
      this.#watch.ending === undefined ? await openSource(this.#channel, this.#rules, this.#watch) : undefined;
    if (source === undefined) {
      return this.#nothing();
    }
    try {
      // What was typed before the beep is no part of it.
      this.#digits.flush();
      await this.#beep();
      const result = await this.#tape(source);
      const { client } = this.#rules;
      const isRefused = this.#hearsDigits && result.reason === 'failed' && /in bridge/.test(result.cause ?? '');
      return isRefused && client !== undefined && (await mend(this.#channel, client, this.#watch))
        ? await this.#tape(source)
        : result;
    } finally {
      await source.close();
    }
  }

  async #beep(): Promise<void> {
    const { bridge, params } = this.#rules;
    if (params.beep) {
      await beep(bridge ?? this.#channel, this.#watch, () => this.#endsAt < Infinity);
    }
  }

  async #tape(source: Source): Promise<RecordMessageResult> {
    const { params, control, discardOnAbort } = this.#rules;
    const terminateOn = this.#hearsDigits ? this.#rules.terminateOn : 'none';
    if (this.#watch.ending !== undefined) {
      return this.#nothing();
    }
    const starting = Taping.start(source, { ...params, beep: false, terminateOn }, this.#watch);
    control?.hold(starting);
    const taping = await starting;
    if (taping === undefined) {
      return this.#nothing();
    }
    // Asterisk 16 tells nothing of a recording that is stopped before it has begun.
    const begun = performance.now() + graceMs;
    let isStopped = false;
    try {
      const goesOn = (): boolean => !taping.isOver && this.#watch.ending === undefined;
      const end = (): number => Math.max(this.#endsAt, begun);
      while (goesOn() && performance.now() < end()) {
        await this.#watch.change(end());
      }
      isStopped = goesOn();
    } finally {
      control?.hold(undefined);
      await taping.finish(this.#watch.isAborted && discardOnAbort ? 'cancel' : 'stop');
    }
    return this.#result(taping, isStopped);
  }

  /** @param isStopped whether it was ended here for a terminator */
  async #result(taping: Taping, isStopped: boolean): Promise<RecordMessageResult> {
    const { state, isDiscarded } = taping;
    this.#take(taping.endedAt, isStopped || !this.#hearsDigits);
    const told = factsOf(this.#rules.params.name, state, isDiscarded);
    const facts = { ...told, stored: told.stored ?? (await this.#isStored()), digits: this.#typed };
    // The end of a call is told just after the end of what it ended, or was not heard.
    await this.#watch.certain();
    const ending = this.#watch.ending ?? ((await this.#watch.isHangup()) ? 'hangup' : undefined);
    if (ending !== undefined) {
      return { ...facts, reason: ending };
    }
    const terminator = state?.state === 'done' ? this.#terminator : undefined;
    return terminator === undefined
      ? { ...facts, reason: limitOf(this.#rules.params, taping) }
      : { ...facts, reason: 'terminator', terminator };
  }

  /** Of what ends in a bridge that the last channel of ours has left, Asterisk does not tell; undefined without a client. */
  async #isStored(): Promise<boolean | undefined> {
    const { client, params } = this.#rules;
    return client && isStored(client, params.name);
  }

  /**
   * When a terminator ends it here, on the clock of `performance.now()`; Infinity without one. Where Asterisk hears digits,
   * it is given time to do it itself: it does not hear those that come before it begins to record.
   */
  get #endsAt(): number {
    if (this.#terminator !== undefined) {
      return 0;
    }
    const at = this.#digits.find((digit) => this.#isEnd(digit))?.at ?? Infinity;
    return at + (this.#hearsDigits ? graceMs : 0);
  }

  #isEnd(digit: string): boolean {
    const { terminateOn } = this.#rules;
    return terminateOn === 'any' || terminateOn === digit;
  }

  /**
   * Takes what was typed by then, but leaves what comes after the terminator: that is for the next step.
   * @param byFirst whether the first terminator has ended it, not the last one, as where Asterisk has not heard others
   */
  #take(deadline: number, byFirst: boolean): void {
    if (this.#terminator !== undefined) {
      return;
    }
    const isEnd = (digit: string): boolean => this.#isEnd(digit);
    const digits = this.#digits.cameBy(deadline);
    const end = byFirst ? digits.findIndex(isEnd) : digits.findLastIndex(isEnd);
    this.#typed += this.#digits.take(end < 0 ? digits.length : end);
    this.#terminator = end < 0 ? undefined : this.#digits.take(1);
  }

  #nothing(): RecordMessageResult {
    return { name: this.#rules.params.name, reason: this.#watch.ending ?? 'hangup', stored: false, digits: '' };
  }
}
