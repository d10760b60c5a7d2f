import type { DigitBuffer } from '../digits.js';
import type { RecordableChannel } from '../parties.js';
import type { SnoopableChannel } from '../snoop.js';
import { Watch } from '../watch.js';
import { beep } from './beep.js';
import type { RecordMessageRules } from './options.js';
import { factsOf, limitOf, type RecordMessageResult } from './result.js';
import { mend, openSource, type Source } from './source.js';
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
      await beep(bridge ?? this.#channel, this.#watch);
    }
  }

  async #tape(source: Source): Promise<RecordMessageResult> {
    const { params, control, discardOnAbort } = this.#rules;
    const terminateOn = this.#hearsDigits ? this.#rules.terminateOn : 'none';
    if (this.#watch.ending !== undefined) {
      return this.#nothing();
    }
    // What was typed before is no part of it.
    this.#digits.flush();
    const starting = Taping.start(source, { ...params, beep: false, terminateOn }, this.#watch);
    control?.hold(starting);
    const taping = await starting;
    if (taping === undefined) {
      return this.#nothing();
    }
    try {
      while (!taping.isOver && this.#watch.ending === undefined && !this.#isTerminated()) {
        await this.#watch.change();
      }
    } finally {
      control?.hold(undefined);
      await taping.finish(this.#watch.isAborted && discardOnAbort ? 'cancel' : 'stop');
    }
    return this.#result(taping);
  }

  async #result(taping: Taping): Promise<RecordMessageResult> {
    const { state, isDiscarded } = taping;
    if (this.#terminator === undefined) {
      this.#take(taping.endedAt);
    }
    const facts = { ...factsOf(this.#rules.params.name, state, isDiscarded), digits: this.#typed };
    // The end of a call is told just after the end of what it ended.
    const ending = this.#watch.ending ?? ((await this.#watch.isHangup()) ? 'hangup' : undefined);
    if (ending !== undefined) {
      return { ...facts, reason: ending };
    }
    const terminator = state?.state === 'done' ? this.#terminator : undefined;
    return terminator === undefined
      ? { ...facts, reason: limitOf(this.#rules.params, taping) }
      : { ...facts, reason: 'terminator', terminator };
  }

  /** Whether a digit ends it where Asterisk does not hear them. */
  #isTerminated(): boolean {
    if (!this.#hearsDigits && this.#terminator === undefined) {
      this.#take(Infinity);
    }
    return !this.#hearsDigits && this.#terminator !== undefined;
  }

  /** Takes what was typed by then, but leaves what comes after the terminator: that is for the next step. */
  #take(deadline: number): void {
    const { terminateOn } = this.#rules;
    const isEnd = (digit: string): boolean => terminateOn === 'any' || terminateOn === digit;
    const digits = this.#digits.cameBy(deadline);
    // Asterisk does not hear one that comes just before it begins to record: it was the last one that ended it.
    const end = this.#hearsDigits ? digits.findLastIndex(isEnd) : digits.findIndex(isEnd);
    this.#typed += this.#digits.take(end < 0 ? digits.length : end);
    this.#terminator = end < 0 ? undefined : this.#digits.take(1);
  }

  #nothing(): RecordMessageResult {
    return { name: this.#rules.params.name, reason: this.#watch.ending ?? 'hangup', stored: false, digits: '' };
  }
}
