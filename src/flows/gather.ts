import { checkParty } from './check.js';
import { withDigits, type DigitBuffer } from './digits.js';
import { Entry, type EntryEnd } from './entry.js';
import { checkGather, type GatherOptions, type GatherRules } from './gather-options.js';
import type { FlowChannel } from './parties.js';
import { Playing } from './playing.js';
import { runFlow } from './run-flow.js';
import { Watch, type Ending } from './watch.js';

/** How {@link gather} ended. */
export interface GatherResult {
  /** What was typed, without the terminator. After an invalid entry, that entry. */
  readonly digits: string;
  /**
   * `terminator`, `length`, `match`, `interDigitTimeout`: the digits are as they were wanted. `invalid`: they are not,
   * after the last try. `firstDigitTimeout`: nothing was typed in the last try. `overallTimeout`: it took too long; the
   * digits are those typed so far. `hangup`: the channel hung up or left the application. `aborted`: by the signal.
   */
  readonly reason: EntryEnd | 'overallTimeout' | Ending;
  /** The digit that ended the entry, where one did. */
  readonly terminator?: string;
  /** How many times the caller was asked. */
  readonly tries: number;
  /** Whether a digit stopped the last prompt. */
  readonly interrupted: boolean;
  /** A medium of the last prompt that Asterisk could not play; it went on as if it had been heard. */
  readonly failedMedia?: string;
}

/**
 * Asks for digits: plays a prompt, which digits may stop, and takes what is typed until it is enough, it cannot become
 * right any more, or it takes too long. Nothing plays any more when it settles, and no listener is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests and `match` throw
 */
export function gather(channel: FlowChannel, options: GatherOptions = {}): Promise<GatherResult> {
  return gatherAs('gather', channel, options);
}

/** As `gather`, for a flow whose options are those of `gather` as well. */
export async function gatherAs(flow: string, channel: FlowChannel, options: GatherOptions): Promise<GatherResult> {
  return runFlow(flow, async () => {
    checkParty(flow, 'channel', channel, ['on', 'waitFor', 'play', 'get']);
    const rules = checkGather(flow, options);
    const { typeAhead, lang, signal } = options;
    return withDigits(channel, typeAhead, (digits) => gatherFrom(channel, rules, { lang, signal }, digits));
  });
}

async function gatherFrom(
  channel: FlowChannel,
  rules: GatherRules,
  { lang, signal }: Pick<GatherOptions, 'lang' | 'signal'>,
  digits: DigitBuffer,
): Promise<GatherResult> {
  const watch = new Watch(channel, signal);
  digits.onDigit = () => watch.notify();
  try {
    return await new Gathering(channel, rules, lang, watch, digits).run();
  } finally {
    digits.onDigit = undefined;
    watch.close();
  }
}

/** How long nothing is typed at most, where nothing is played, until it is asked whether the channel is there, in milliseconds. */
const unheardMs = 2_500;

class Gathering {
  readonly #channel: FlowChannel;
  readonly #rules: GatherRules;
  readonly #lang: string | undefined;
  readonly #watch: Watch;
  readonly #digits: DigitBuffer;
  readonly #overall: number;
  #tries = 0;
  #interrupted = false;
  #failedMedia: string | undefined;
  /** Whether a request has told, or is to tell, whether the channel had hung up before. */
  #isAsked = false;

  constructor(channel: FlowChannel, rules: GatherRules, lang: string | undefined, watch: Watch, digits: DigitBuffer) {
    this.#channel = channel;
    this.#rules = rules;
    this.#lang = lang;
    this.#watch = watch;
    this.#digits = digits;
    this.#overall = performance.now() + rules.overallMs;
  }

  async run(): Promise<GatherResult> {
    const { prompt, invalidPrompt, noInputPrompt, tries } = this.#rules;
    let media = prompt;
    for (;;) {
      this.#tries += 1;
      const entry = new Entry(this.#rules);
      const early = (await this.#attempt(entry, media)) ?? (await this.#goneUnheard(entry));
      const isFailure = entry.end === 'invalid' || entry.end === 'firstDigitTimeout';
      if (early !== undefined || !isFailure || this.#tries === tries) {
        return this.#result(entry, early ?? (entry.end as EntryEnd));
      }
      if (entry.end === 'invalid') {
        // The rest of a wrong entry is no part of the next one.
        this.#digits.flush();
      }
      media = [...(entry.end === 'invalid' ? invalidPrompt : noInputPrompt), ...prompt];
    }
  }

  /** One try. Returns why all is over, if it is. */
  async #attempt(entry: Entry, media: readonly string[]): Promise<Ending | 'overallTimeout' | undefined> {
    this.#interrupted = false;
    this.#failedMedia = undefined;
    // What was typed ahead counts however long ago that was.
    this.#take(entry, Infinity);
    let since = performance.now();
    if (entry.end === undefined && entry.digits === '' && media.length > 0 && this.#early() === undefined) {
      since = await this.#prompt(entry, media);
    }
    for (;;) {
      const isEmpty = entry.digits === '';
      const deadline = since + (isEmpty ? this.#rules.firstDigitMs : this.#rules.interDigitMs);
      const askAt = isEmpty && !this.#isAsked ? since + this.#unheardMs : Infinity;
      const taken = entry.end === undefined ? this.#take(entry, Math.min(deadline, this.#overall), 1) : undefined;
      if (taken !== undefined && entry.end === undefined) {
        since = taken;
        continue;
      }
      const early = entry.end === undefined ? this.#early() : this.#watch.ending;
      if (early !== undefined || entry.end !== undefined) {
        return early;
      }
      if (performance.now() >= deadline) {
        entry.timeOut();
      } else if (performance.now() >= askAt) {
        this.#ask();
      } else {
        await this.#watch.change(Math.min(deadline, askAt, this.#overall));
      }
    }
  }

  /** That is asked before the time is up, lest the end of many at once is late by the answers. */
  get #unheardMs(): number {
    return Math.min(this.#rules.firstDigitMs / 2, unheardMs);
  }

  /** Where nothing is played, no request tells that the channel had hung up before. */
  #ask(): void {
    if (!this.#isAsked) {
      this.#isAsked = true;
      this.#watch.findOut();
    }
  }

  /** The digits that are missing may be so because the channel is gone: it is waited until that is certain. */
  async #goneUnheard(entry: Entry): Promise<Ending | 'overallTimeout' | undefined> {
    if (entry.end === 'firstDigitTimeout') {
      this.#ask();
    } else if (entry.end !== 'interDigitTimeout' && entry.end !== 'invalid') {
      return undefined;
    }
    await this.#watch.certain(this.#overall - performance.now());
    return this.#watch.ending ?? (this.#watch.isCertain ? undefined : 'overallTimeout');
  }

  /** Plays until the end, or until a digit stops it. Returns when it was over, or when that digit came. */
  async #prompt(entry: Entry, media: readonly string[]): Promise<number> {
    const playing = await Playing.start(this.#channel, { media, lang: this.#lang }, this.#watch);
    this.#isAsked = true;
    try {
      for (;;) {
        const stop = this.#takeInterrupt(entry);
        if (stop !== undefined) {
          return stop;
        }
        if (this.#early() !== undefined || playing === undefined) {
          return performance.now();
        }
        if (playing.end !== undefined) {
          this.#failedMedia = playing.failedMedia;
          return performance.now();
        }
        await this.#watch.change(this.#overall);
      }
    } finally {
      await playing?.stop();
    }
  }

  /** Takes digits that came while a prompt played, until one stops it: returns when it came. */
  #takeInterrupt(entry: Entry): number | undefined {
    for (let next = this.#digits.takeUntil(this.#overall); next; next = this.#digits.takeUntil(this.#overall)) {
      if (this.#rules.interruptDigits.includes(next.digit)) {
        this.#interrupted = true;
        entry.add(next.digit);
        return next.at;
      }
    }
    return undefined;
  }

  /** Takes digits that came in time. Returns when the last of those came that the entry has taken. */
  #take(entry: Entry, deadline: number, atMost = Infinity): number | undefined {
    let taken: number | undefined;
    let count = 0;
    while (count < atMost && entry.end === undefined) {
      const next = this.#digits.takeUntil(deadline);
      if (next === undefined) {
        return taken;
      }
      if (entry.add(next.digit)) {
        taken = next.at;
        count += 1;
      }
    }
    return taken;
  }

  #early(): Ending | 'overallTimeout' | undefined {
    return this.#watch.ending ?? (performance.now() >= this.#overall ? 'overallTimeout' : undefined);
  }

  #result({ digits, terminator }: Entry, reason: GatherResult['reason']): GatherResult {
    return {
      digits,
      reason,
      ...(terminator !== undefined && { terminator }),
      tries: this.#tries,
      interrupted: this.#interrupted,
      ...(this.#failedMedia !== undefined && { failedMedia: this.#failedMedia }),
    };
  }
}
