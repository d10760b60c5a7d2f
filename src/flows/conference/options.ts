import { checkFlag, checkGivenOptions, checkNames, checkWhole, checkWithin } from '../../support/check-option.js';
import { checkMedia, checkOptionalText } from '../check.js';
import type { Media } from '../playing.js';
import { checkTalk, talkSettings, type TalkSettings } from '../talking.js';

/** Options of a {@link Conference}. */
export interface ConferenceOptions {
  /** Whether those who come wait with music until a moderator is there. @default false */
  readonly waitForModerator?: boolean | undefined;
  /** Whether it ends for all when the last moderator leaves. If not, they wait again, or go on. @default false */
  readonly endWithModerator?: boolean | undefined;
  /** Class of the music for those who wait. @default that of the channel */
  readonly musicClass?: string | undefined;
  /** Most participants, moderators and those who wait among them. @default no limit */
  readonly maxParticipants?: number | undefined;
  /** Played to all when somebody has come in; false for nothing. @default `sound:confbridge-join` */
  readonly joinSound?: Media | false | undefined;
  /** Played to the others when somebody has left; false for nothing. @default `sound:confbridge-leave` */
  readonly leaveSound?: Media | false | undefined;
  /** Whether it is told who talks; or what counts as talking. @default false */
  readonly detectTalking?: boolean | TalkSettings | undefined;
}

/** Options of {@link Conference.join}. */
export interface JoinOptions {
  /** Whether the others may wait for this participant, and the conference end with them. @default false */
  readonly moderator?: boolean | undefined;
  /** Whether the participant only listens at first. @default false */
  readonly muted?: boolean | undefined;
  /** Whether no sound tells that the participant comes and goes. @default false */
  readonly quiet?: boolean | undefined;
  /** Takes the participant out. */
  readonly signal?: AbortSignal | undefined;
}

/** {@link ConferenceOptions}, checked, with nothing left out. */
export interface ConferenceRules {
  readonly waitForModerator: boolean;
  readonly endWithModerator: boolean;
  readonly musicClass: string | undefined;
  readonly maxParticipants: number;
  readonly joinSound: readonly string[];
  readonly leaveSound: readonly string[];
  /** As Asterisk takes it; undefined if it is not wanted. */
  readonly talk: string | undefined;
}

const known = [
  'waitForModerator',
  'endWithModerator',
  'musicClass',
  'maxParticipants',
  'joinSound',
  'leaveSound',
  'detectTalking',
] as const satisfies readonly (keyof ConferenceOptions)[];

const knownOfJoin = ['moderator', 'muted', 'quiet', 'signal'] as const satisfies readonly (keyof JoinOptions)[];

/** @throws {AriValidationError} */
export function checkConference(options: ConferenceOptions): ConferenceRules {
  checkGivenOptions('Conference', options, known);
  const { musicClass, maxParticipants, detectTalking } = options;
  return {
    waitForModerator: checkFlag('waitForModerator', options.waitForModerator, false),
    endWithModerator: checkFlag('endWithModerator', options.endWithModerator, false),
    musicClass: checkOptionalText('musicClass', musicClass),
    maxParticipants: maxParticipants === undefined ? Infinity : checkWhole('maxParticipants', maxParticipants, 1, 1),
    joinSound: checkSound('joinSound', options.joinSound, 'sound:confbridge-join'),
    leaveSound: checkSound('leaveSound', options.leaveSound, 'sound:confbridge-leave'),
    talk: checkDetection(detectTalking),
  };
}

/** @throws {AriValidationError} */
export function checkJoin(options: JoinOptions) {
  checkGivenOptions('join', options, knownOfJoin);
  return {
    moderator: checkFlag('moderator', options.moderator, false),
    muted: checkFlag('muted', options.muted, false),
    quiet: checkFlag('quiet', options.quiet, false),
  };
}

function checkSound(option: string, value: unknown, byDefault: string): readonly string[] {
  return value === false ? [] : checkMedia(option, value === undefined ? byDefault : value);
}

function checkDetection(value: ConferenceOptions['detectTalking']): string | undefined {
  if (typeof value === 'object' && value !== null) {
    checkNames('detectTalking', value, talkSettings);
    return checkWithin('detectTalking', () => checkTalk(value));
  }
  return checkFlag('detectTalking', value, false) ? checkTalk({}) : undefined;
}
