import { checkIn, checkParty } from '../check.js';
import { DigitBuffer } from '../digits.js';
import type { RecordableChannel } from '../parties.js';
import { Watch } from '../watch.js';
import { beep } from './beep.js';
import { checkRecordMessage, type RecordMessageOptions, type RecordMessageRules } from './options.js';
import type { SnoopableChannel } from '../snoop.js';
import { factsOf, limitOf, type RecordedFacts } from './result.js';
import { reviewRecording } from './review.js';
import { mend, openSource, type Source } from './source.js';
import { Taping } from './taping.js';

/** How {@link recordMessage} ended. */
export interface RecordMessageResult extends RecordedFacts {
  /**
   * `terminator`: by a digit. `maxDuration`, `silence`: by the limit. `noAudio`: the channel has sent no audio, not
   * even silence, for four seconds, whereupon Asterisk gives up. `stopped`: somebody else has stopped or canceled it, or
   * it ended while the event connection was lost. `failed`: Asterisk could not record; `cause` has its words.
   * `hangup`: the channel hung up, or left the application. `aborted`: by the signal. With `review`, it is of the last
   * recording, unless the review was ended by `hangup` or `aborted`; what was recorded stays stored then.
   */
  readonly reason: 'terminator' | 'maxDuration' | 'silence' | 'noAudio' | 'stopped' | 'failed' | 'hangup' | 'aborted';
  /** The digit that ended it. */
  readonly terminator?: string;
}

/**
 * Records what a caller says, until a digit, silence, the time limit or the end of the call. A recording of a caller who
 * hangs up is stored. A channel in a bridge cannot be recorded: take `bridge` or `snoop` for that. Nothing is recorded
 * any more when it settles, and no channel and no listener is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
 *   {ConflictError} and {UnprocessableEntityError} for a name that is taken and a format that is unknown
 */
export async function recordMessage(
  channel: RecordableChannel,
  options: RecordMessageOptions,
): Promise<RecordMessageResult> {
  const rules = checkIn('recordMessage', () => checkRecordMessage(options));
  const method = rules.snoop === undefined ? 'record' : 'snoopChannel';
  checkParty('recordMessage', 'channel', channel, ['on', 'waitFor', 'play', method]);
  const record = (): Promise<RecordMessageResult> =>
    recordUntilKept(channel as RecordableChannel & SnoopableChannel, rules, options);
  return rules.control === undefined ? record() : rules.control.during(record);
}

/** As often as the caller wishes it in the review. */
async function recordUntilKept(
  channel: RecordableChannel & SnoopableChannel,
  rules: RecordMessageRules,
  options: RecordMessageOptions,
): Promise<RecordMessageResult> {
  const { params, review } = rules;
  for (let ifExists = params.ifExists; ; ifExists = 'overwrite') {
    const result = await recordOnce(channel, { ...rules, params: { ...params, ifExists } }, options);
    const isToReview = result.stored === true && !['hangup', 'aborted'].includes(result.reason);
    if (review === undefined || !isToReview) {
      return result;
    }
    const wish = await reviewRecording(channel, params.name, review, options.signal);
    if (wish !== 'again') {
      return wish === 'keep' ? result : { ...result, reason: wish };
    }
  }
}

async function recordOnce(
  channel: RecordableChannel & SnoopableChannel,
  rules: RecordMessageRules,
  { signal }: RecordMessageOptions,
): Promise<RecordMessageResult> {
  const watch = new Watch(channel, signal);
  const digits = new DigitBuffer(channel);
  digits.onDigit = () => watch.notify();
  const message = new Message(channel, rules, watch, digits);
  try {
    return await message.record();
  } finally {
    digits.close();
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
      this.#digits.flush();
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
    try {
      while (
        !taping.isOver &&
        this.#watch.ending === undefined &&
        (this.#hearsDigits || this.#terminator === undefined)
      ) {
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
    const facts = factsOf(this.#rules.params.name, state, isDiscarded);
    // The end of a call is told just after the end of what it ended.
    const ending = this.#watch.ending ?? ((await this.#watch.isHangup()) ? 'hangup' : undefined);
    if (ending !== undefined) {
      return { ...facts, reason: ending };
    }
    const limit = limitOf(this.#rules.params, taping);
    const terminator = this.#terminator;
    const isOfDigit = terminator !== undefined && state !== undefined && ['done'].includes(state.state);
    return isOfDigit ? { ...facts, reason: 'terminator', terminator } : { ...facts, reason: limit };
  }

  /** The last digit that ends it, if one came. */
  get #terminator(): string | undefined {
    const { terminateOn } = this.#rules;
    return this.#digits.digits.split('').findLast((digit) => terminateOn === 'any' || terminateOn === digit);
  }

  #nothing(): RecordMessageResult {
    return { name: this.#rules.params.name, reason: this.#watch.ending ?? 'hangup', stored: false };
  }
}
