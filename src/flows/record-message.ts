import { checkChoice, checkFlag, checkWhole, refuseOption } from '../support/check-option.js';
import { describe } from '../support/describe.js';
import { checkFlowOptions, checkParty } from './check.js';
import { DigitBuffer } from './digits.js';
import type { RecordableChannel, RecordingState } from './parties.js';
import { Taping } from './taping.js';
import { Watch } from './watch.js';

/** Options of {@link recordMessage}. */
export interface RecordMessageOptions {
  /** Name of the recording, which may have folders: `voicemail/4711/1`. */
  readonly name: string;
  /** Its format. @default `wav` */
  readonly format?: string | undefined;
  /** Longest duration in seconds; 0 for no limit. @default 120 */
  readonly maxDurationSeconds?: number | undefined;
  /** Seconds of silence after which it ends; 0 for never. @default 5 */
  readonly maxSilenceSeconds?: number | undefined;
  /** What is done if there is a recording of that name. @default `fail` */
  readonly ifExists?: 'fail' | 'overwrite' | 'append' | undefined;
  /** Whether a beep is played before. @default true */
  readonly beep?: boolean | undefined;
  /** The digit that ends it. @default `#` */
  readonly terminateOn?: 'none' | 'any' | '*' | '#' | undefined;
  /** Whether what was recorded by then is thrown away when the signal aborts; else it is stored. @default true */
  readonly discardOnAbort?: boolean | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link recordMessage} ended. */
export interface RecordMessageResult {
  readonly name: string;
  /**
   * `terminator`: by a digit. `maxDuration`, `silence`: by the limit. `stopped`: somebody else has stopped or canceled
   * it, or it ended while the event connection was lost. `failed`: Asterisk could not record; `cause` has its words.
   * `hangup`: the channel hung up, or left the application. `aborted`: by the signal.
   */
  readonly reason: 'terminator' | 'maxDuration' | 'silence' | 'stopped' | 'failed' | 'hangup' | 'aborted';
  /** Whether it is among the stored recordings now; undefined if that was not heard. */
  readonly stored: boolean | undefined;
  /** Length in seconds, where Asterisk has told it. */
  readonly duration?: number;
  /** Seconds of it in which somebody talked, where Asterisk has told them: it does so if silence is limited. */
  readonly talkingDuration?: number;
  /** The digit that ended it. */
  readonly terminator?: string;
  /** Why it failed, in Asterisk's words. */
  readonly cause?: string;
}

const known = [
  'name',
  'format',
  'maxDurationSeconds',
  'maxSilenceSeconds',
  'ifExists',
  'beep',
  'terminateOn',
  'discardOnAbort',
  'signal',
] as const satisfies readonly (keyof RecordMessageOptions)[];

/**
 * Records what a caller says, until a digit, silence, the time limit or the end of the call. A recording of a caller who
 * hangs up is stored. The channel must be in no bridge: a recording of one that is fails. Nothing is recorded any more
 * when it settles, and no listener is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw, such as
 *   {ConflictError} and {UnprocessableEntityError} for a name that is taken and a format that is unknown
 */
export async function recordMessage(
  channel: RecordableChannel,
  options: RecordMessageOptions,
): Promise<RecordMessageResult> {
  checkParty('recordMessage', 'channel', channel, ['on', 'waitFor', 'record']);
  const { params, discardOnAbort } = checkRecord(options);
  const { name } = params;
  const watch = new Watch(channel, options.signal);
  const digits = new DigitBuffer(channel);
  try {
    if (watch.ending !== undefined) {
      return { name, reason: watch.ending, stored: false };
    }
    const taping = await Taping.start(channel, params, watch);
    if (taping === undefined) {
      return { name, reason: 'hangup', stored: false };
    }
    try {
      while (!taping.isOver && watch.ending === undefined) {
        await watch.change();
      }
    } finally {
      await taping.finish(watch.isAborted && discardOnAbort ? 'cancel' : 'stop');
    }
    // The end of a call is told just after the end of what it ended.
    const ending = watch.ending ?? ((await watch.isHangup()) ? 'hangup' : undefined);
    const result = resultOf(params, taping.state, ending, digits.digits);
    return taping.isDiscarded ? { ...result, stored: false } : result;
  } finally {
    digits.close();
    watch.close();
  }
}

/** What is sent. */
type Params = ReturnType<typeof checkRecord>['params'];

function checkRecord(options: RecordMessageOptions) {
  checkFlowOptions('recordMessage', options, known);
  const { name, format = 'wav' } = options;
  for (const [option, value] of Object.entries({ name, format })) {
    if (typeof value !== 'string' || value === '') {
      throw refuseOption(option, `must be a text, not ${describe(value)}`);
    }
  }
  const terminateOn = options.terminateOn ?? '#';
  return {
    params: {
      name,
      format,
      maxDurationSeconds: checkWhole('maxDurationSeconds', options.maxDurationSeconds, 120, 0),
      maxSilenceSeconds: checkWhole('maxSilenceSeconds', options.maxSilenceSeconds, 5, 0),
      ifExists: checkChoice('ifExists', options.ifExists, ['fail', 'overwrite', 'append']),
      beep: checkFlag('beep', options.beep, true),
      terminateOn: checkChoice('terminateOn', terminateOn, ['none', 'any', '*', '#']),
    },
    discardOnAbort: checkFlag('discardOnAbort', options.discardOnAbort, true),
  };
}

function resultOf(
  params: Params,
  state: RecordingState | undefined,
  ending: 'hangup' | 'aborted' | undefined,
  digits: string,
): RecordMessageResult {
  const terminator = digits.split('').findLast((digit) => isTerminator(params.terminateOn, digit));
  const reason = ending ?? reasonOf(params, state, terminator);
  return {
    name: params.name,
    reason,
    stored: state && state.state === 'done',
    ...(state?.duration !== undefined && { duration: state.duration }),
    ...(state?.talking_duration !== undefined && { talkingDuration: state.talking_duration }),
    ...(reason === 'terminator' && terminator !== undefined && { terminator }),
    ...(state?.cause !== undefined && { cause: state.cause }),
  };
}

function isTerminator(terminateOn: Params['terminateOn'], digit: string): boolean {
  return terminateOn === 'any' || terminateOn === digit;
}

/** Asterisk does not say why it has ended a recording; its lengths and the digits do. */
function reasonOf(
  { maxDurationSeconds, maxSilenceSeconds }: Params,
  state: RecordingState | undefined,
  terminator: string | undefined,
): RecordMessageResult['reason'] {
  const { duration = 0, silence_duration = 0 } = state ?? {};
  if (state === undefined || state.state === 'canceled') {
    return 'stopped';
  }
  if (state.state === 'failed') {
    return 'failed';
  }
  if (terminator !== undefined) {
    return 'terminator';
  }
  if (maxDurationSeconds > 0 && duration >= maxDurationSeconds) {
    return 'maxDuration';
  }
  return maxSilenceSeconds > 0 && silence_duration >= maxSilenceSeconds ? 'silence' : 'stopped';
}
