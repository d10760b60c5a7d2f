import type { Exclusive } from '../../contract/exclusive.js';
import { faultIn } from '../../rest/json-fault.js';
import { breach } from '../../rest/text-rules.js';
import { checkChoice, checkFlag, checkGivenOptions, checkNames, refuseOption } from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import { checkPartyOption, checkSeconds, checkText } from '../check.js';
import { checkTypeAhead, type DigitBuffer } from '../digits.js';
import { RecordingControl } from './control.js';
import type { RecordableBridge, RecordClient } from './parties.js';
import { checkReview, type ReviewOptions, type ReviewRules } from './review.js';

/** What any recording is made with. */
export interface RecordingOptions {
  /** Name of the recording, which may have folders: `voicemail/4711/1`. */
  readonly name: string;
  /** Its format. @default `wav` */
  readonly format?: string | undefined;
  /** Longest duration in seconds; 0 for no limit. @default 120 for `recordMessage`, else 0 */
  readonly maxDurationSeconds?: number | undefined;
  /** Seconds of silence after which it ends; 0 for never. @default 5 for `recordMessage`, else 0 */
  readonly maxSilenceSeconds?: number | undefined;
  /** What is done if there is a recording of that name. @default `fail` */
  readonly ifExists?: 'fail' | 'overwrite' | 'append' | undefined;
  /** Whether a beep is played before. @default true for `recordMessage`, else false */
  readonly beep?: boolean | undefined;
  /** Whether what was recorded by then is thrown away when the signal aborts; else it is stored. @default true */
  readonly discardOnAbort?: boolean | undefined;
  /** Pauses and resumes it, and no other one at the same time. */
  readonly control?: RecordingControl | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link recordMessage} takes, whatever excludes each other. */
export interface RecordMessageSettings extends RecordingOptions {
  /** The digit that ends it. @default `#` */
  readonly terminateOn?: 'none' | 'any' | '*' | '#' | undefined;
  /** The bridge that the channel is in, to record all who are in it. A channel in a bridge cannot be recorded. */
  readonly bridge?: RecordableBridge | undefined;
  /** Records the channel through another one that hears it, whether it is in a bridge or not. */
  readonly snoop?: SnoopOptions | undefined;
  /**
   * A client of the Asterisk. Releases 20 to 22.10 and 23.5 refuse to record a channel that was dialled by ARI, as long as
   * it has never been in a bridge; with a client, it is put into one for a moment and recorded then. And where the end of a
   * recording is not told, as in a bridge that the last channel of the application has left, it is asked whether it is stored.
   * A channel that listens (`snoop`) is hung up also where the answer that it was made is lost.
   */
  readonly client?: RecordClient | undefined;
  /**
   * Whose digits are taken: what was typed before the beep, or before the recording if there is none, is forgotten, and
   * what is typed after it has ended is left in it, for the next step. @default those that come while it runs
   */
  readonly typeAhead?: DigitBuffer | undefined;
  /** Lets the caller listen to the message, record it again, or keep it. @default it is kept */
  readonly review?: ReviewOptions | undefined;
}

/** Options of {@link recordMessage}; with `bridge`, there is no `snoop`. */
export type RecordMessageOptions = RecordMessageSettings & Exclusive<'bridge', 'snoop'>;

/** How a channel is recorded through another one. */
export interface SnoopOptions {
  /** The application that the other channel comes into; this client must have been started for it. */
  readonly app: string;
  /** The arguments of its `StasisStart`, by which the application tells it from callers. @default `snoop` */
  readonly appArgs?: string | undefined;
  /** What is recorded: what the channel says (`in`), what it hears (`out`), or both. @default `in` */
  readonly spy?: 'in' | 'out' | 'both' | undefined;
}

/** What is sent, but for the terminator. */
export interface RecordingParams {
  readonly name: string;
  readonly format: string;
  readonly maxDurationSeconds: number;
  readonly maxSilenceSeconds: number;
  readonly ifExists: 'fail' | 'overwrite' | 'append';
  readonly beep: boolean;
}

/** {@link SnoopOptions}, checked, with nothing left out. */
interface SnoopRules {
  readonly app: string;
  readonly appArgs: string;
  readonly spy: 'in' | 'out' | 'both';
}

/** {@link RecordMessageOptions}, checked, with nothing left out. */
export interface RecordMessageRules {
  readonly params: RecordingParams;
  readonly terminateOn: 'none' | 'any' | '*' | '#';
  readonly discardOnAbort: boolean;
  readonly control: RecordingControl | undefined;
  readonly bridge: RecordableBridge | undefined;
  readonly snoop: SnoopRules | undefined;
  readonly client: RecordClient | undefined;
  readonly review: ReviewRules | undefined;
}

export const recordingOptions = [
  'name',
  'format',
  'maxDurationSeconds',
  'maxSilenceSeconds',
  'ifExists',
  'beep',
  'discardOnAbort',
  'control',
  'signal',
] as const satisfies readonly (keyof RecordingOptions)[];

const known = [
  ...recordingOptions,
  'terminateOn',
  'bridge',
  'snoop',
  'client',
  'typeAhead',
  'review',
] as const satisfies readonly (keyof RecordMessageOptions)[];

/** @throws {AriValidationError} */
export function checkRecordMessage(options: RecordMessageOptions): RecordMessageRules {
  checkGivenOptions('recordMessage', options, known);
  checkTypeAhead('typeAhead', options.typeAhead);
  const { bridge, client, ifExists, snoop } = options;
  const rules = {
    ...checkRecording(options, { maxDurationSeconds: 120, maxSilenceSeconds: 5, beep: true }),
    terminateOn: checkChoice('terminateOn', options.terminateOn === undefined ? '#' : options.terminateOn, [
      'none',
      'any',
      '*',
      '#',
    ]),
    bridge,
    snoop: snoop === undefined ? undefined : checkSnoop(snoop),
    client,
    review: options.review === undefined ? undefined : checkReview(options.review),
  };
  if (bridge !== undefined) {
    checkPartyOption('bridge', bridge, ['play', 'record']);
  }
  if (client !== undefined) {
    checkPartyOption('client', client, ['bridges.handle', 'bridges.list', 'channels.handle', 'recordings.getStored']);
  }
  if (bridge !== undefined && snoop !== undefined) {
    throw refuseOption('snoop', "cannot be given together with 'bridge': one of them is recorded");
  }
  if (ifExists === 'append' && options.review !== undefined) {
    throw refuseOption('review', "cannot be given with ifExists 'append': what was there before would be lost");
  }
  return rules;
}

/** @throws {AriValidationError} */
export function checkRecording(
  options: RecordingOptions,
  byDefault: { readonly maxDurationSeconds: number; readonly maxSilenceSeconds: number; readonly beep: boolean },
): Pick<RecordMessageRules, 'params' | 'discardOnAbort' | 'control'> {
  const { control, name, format = 'wav' } = options;
  if (control !== undefined && !(control instanceof RecordingControl)) {
    throw refuseOption('control', `must be a RecordingControl, not ${describe(control)}`);
  }
  const seconds = (option: 'maxDurationSeconds' | 'maxSilenceSeconds'): number =>
    checkSeconds(option, options[option], byDefault[option], 0);
  return {
    params: {
      name: checkRecordingName('name', name),
      format: checkText('format', format),
      maxDurationSeconds: seconds('maxDurationSeconds'),
      maxSilenceSeconds: seconds('maxSilenceSeconds'),
      ifExists: checkChoice('ifExists', options.ifExists, ['fail', 'overwrite', 'append']),
      beep: checkFlag('beep', options.beep, byDefault.beep),
    },
    discardOnAbort: checkFlag('discardOnAbort', options.discardOnAbort, true),
    control,
  };
}

/** As the request would refuse it, which comes after the beep. @throws {AriValidationError} */
function checkRecordingName(option: string, value: unknown): string {
  const name = checkText(option, value);
  const isNone = name === '.' || name === '..';
  const why = isNone ? 'must be the name of a file' : (faultIn(name)?.why ?? breach('fileName', name));
  if (why !== undefined) {
    throw refuseOption(option, `${why}, not ${describe(name)}`);
  }
  return name;
}

function checkSnoop(snoop: SnoopOptions): SnoopRules {
  checkNames('snoop', snoop, ['app', 'appArgs', 'spy']);
  const { app, appArgs = 'snoop', spy } = snoop;
  return {
    app: checkText('snoop.app', app),
    appArgs: checkText('snoop.appArgs', appArgs),
    spy: checkChoice<'in' | 'out' | 'both'>('snoop.spy', spy, ['in', 'out', 'both']),
  };
}
