import {
  checkChoice,
  checkDuration,
  checkFlag,
  checkFor,
  checkFunction,
  checkGivenOptions,
  checkRecord,
  checkWhole,
  refuseOption,
} from '../../support/check-option.js';
import { describe } from '../../support/describe.js';
import type { FlowBridge } from '../bridge.js';
import { checkApp, checkEndpoint, checkOptionalText, checkParty, checkSeconds, checkVariables } from '../check.js';
import type { Confirmation } from '../dial/options.js';
import type { Media } from '../playing.js';
import { say } from '../say.js';
import type { QueueChannel } from './parties.js';

/** How a caller stands in a queue. */
export interface QueuePlace {
  /** 1 for the next one. */
  readonly position: number;
  /** How long the caller has waited, in milliseconds. */
  readonly waitedMs: number;
  /** How long it may take until they are answered, in milliseconds; undefined as long as no call has been ended. */
  readonly estimatedMs: number | undefined;
}

/** A caller and an agent who talk to each other: what `onConnected` is called with. */
export interface QueueConversation<C, B> {
  /** Who has waited, as given to `enter`; `caller` of a `Channel` says who calls. */
  readonly caller: C & Pick<QueueChannel, 'caller'>;
  /** The agent's channel. */
  readonly channel: C;
  /** The agent's endpoint. */
  readonly endpoint: string;
  /** The bridge with both of them in it; it is destroyed when one of them leaves it. */
  readonly bridge: B;
  /** Aborts when the conversation is over. */
  readonly signal: AbortSignal;
}

/** Options of {@link Queue.addAgent}. */
export interface AgentOptions {
  /** Whether the agent gets no calls until `pauseAgent` is called with false. @default false */
  readonly paused?: boolean | undefined;
  /** Who calls, as the agent is told: `"Sales" <100>`. @default the caller, if a `Channel` and no handle */
  readonly callerId?: string | undefined;
  /** Variables of the agent's channel: `{ 'PJSIP_TRANSFER_HANDLING()': 'ari-only' }`. @default none */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** Options of a {@link Queue}. */
export interface QueueOptions<C, B = FlowBridge> {
  /** The application that the agents' channels come into; the client must have been started for it. */
  readonly app: string;
  /** The arguments of their `StasisStart`, by which the application tells them from callers. @default `dialed` */
  readonly appArgs?: string | undefined;
  /**
   * Who is dialled: all who are free at once (`ringAll`), whoever was dialled longest ago (`roundRobin`), or whoever has
   * had no call for longest (`longestIdle`). @default `ringAll`
   */
  readonly strategy?: 'ringAll' | 'roundRobin' | 'longestIdle' | undefined;
  /** Seconds that an agent's telephone rings, at least 1. @default 15 */
  readonly ringSeconds?: number | undefined;
  /** Milliseconds for which an agent who did not answer is not dialled again. @default 5,000 */
  readonly retryMs?: number | undefined;
  /** Milliseconds after a call in which an agent gets no other. @default 0 */
  readonly wrapUpMs?: number | undefined;
  /** Longest wait of a caller in milliseconds; 0 for no limit. @default 0 */
  readonly maxWaitMs?: number | undefined;
  /** Most callers that wait. @default no limit */
  readonly maxCallers?: number | undefined;
  /** Class of the music; it becomes that of the caller's channel. @default that of the channel */
  readonly musicClass?: string | undefined;
  /**
   * What a caller is told, at first and again and again; undefined for nothing this time, false for nothing at all.
   * @default position and estimated wait, with the sounds of Asterisk
   */
  readonly announce?: ((place: QueuePlace) => Media | undefined) | false | undefined;
  /** Milliseconds from the end of an announcement to the next one. @default 30,000 */
  readonly announceEveryMs?: number | undefined;
  /** As of `dial`: whether an agent who has answered takes the call. @default whoever answers first gets it */
  readonly confirm?: ((confirmation: Confirmation<C>) => boolean | Promise<boolean>) | undefined;
  /**
   * Called when a caller and an agent are connected, to record them, say, or to show the agent who calls. Nobody waits for
   * what it returns; if it fails, `enter` does so once the conversation is over.
   */
  readonly onConnected?: ((conversation: QueueConversation<C, B>) => unknown) | undefined;
  /** Who is hung up after one of them has hung up. @default `both` */
  readonly hangup?: 'both' | 'agent' | undefined;
}

/** Options of {@link Queue.enter}. */
export interface EnterOptions {
  /** Callers with a higher one come first. @default 0 */
  readonly priority?: number | undefined;
  /** Longest wait in milliseconds; 0 for no limit. @default that of the queue */
  readonly maxWaitMs?: number | undefined;
  /** Takes the caller out. */
  readonly signal?: AbortSignal | undefined;
}

/** {@link QueueOptions}, checked, with nothing left out. */
export interface QueueRules<C, B = FlowBridge> {
  readonly app: string;
  readonly appArgs: string | undefined;
  readonly strategy: 'ringAll' | 'roundRobin' | 'longestIdle';
  readonly ringSeconds: number;
  readonly retryMs: number;
  readonly wrapUpMs: number;
  /** Infinity for no limit. */
  readonly maxWaitMs: number;
  readonly maxCallers: number;
  readonly musicClass: string | undefined;
  readonly announce: ((place: QueuePlace) => Media | undefined) | undefined;
  readonly announceEveryMs: number;
  readonly confirm: QueueOptions<C>['confirm'];
  readonly onConnected: QueueOptions<C, B>['onConnected'];
  readonly hangup: 'both' | 'agent';
}

const known = [
  'app',
  'appArgs',
  'strategy',
  'ringSeconds',
  'retryMs',
  'wrapUpMs',
  'maxWaitMs',
  'maxCallers',
  'musicClass',
  'announce',
  'announceEveryMs',
  'confirm',
  'onConnected',
  'hangup',
] as const satisfies readonly (keyof QueueOptions<unknown>)[];

const knownOfEnter = ['priority', 'maxWaitMs', 'signal'] as const satisfies readonly (keyof EnterOptions)[];

/** @throws {AriValidationError} */
export function checkQueue<C, B>(options: QueueOptions<C, B>): QueueRules<C, B> {
  checkGivenOptions('Queue', options, known);
  const { announce, appArgs, confirm, maxCallers, musicClass, onConnected } = options;
  checkFunction('confirm', confirm);
  checkFunction('onConnected', onConnected);
  checkFunction('announce', announce === false ? undefined : announce);
  return {
    app: checkApp('app', options.app),
    appArgs: checkOptionalText('appArgs', appArgs),
    strategy: checkChoice('strategy', options.strategy, ['ringAll', 'roundRobin', 'longestIdle']),
    ringSeconds: checkSeconds('ringSeconds', options.ringSeconds, 15, 1),
    retryMs: checkDuration('retryMs', options.retryMs, 5_000),
    wrapUpMs: checkDuration('wrapUpMs', options.wrapUpMs, 0),
    maxWaitMs: checkDuration('maxWaitMs', options.maxWaitMs, 0) || Infinity,
    maxCallers: maxCallers === undefined ? Infinity : checkWhole('maxCallers', maxCallers, 1, 1),
    musicClass: checkOptionalText('musicClass', musicClass),
    announce: announce === false ? undefined : (announce ?? positionMedia),
    announceEveryMs: checkDuration('announceEveryMs', options.announceEveryMs, 30_000),
    confirm,
    onConnected,
    hangup: checkChoice('hangup', options.hangup, ['both', 'agent']),
  };
}

/** @throws {AriValidationError} */
export function checkEnter(channel: unknown, options: EnterOptions, maxWaitMs: number) {
  checkParty('enter', 'channel', channel, ['on', 'waitFor', 'play', 'answer', 'hangup', 'setChannelVar']);
  checkGivenOptions('enter', options, knownOfEnter);
  const { priority = 0 } = options;
  if (!Number.isFinite(priority)) {
    throw refuseOption('priority', `must be a number, not ${describe(priority)}`);
  }
  const wait = options.maxWaitMs;
  return { priority, maxWaitMs: wait === undefined ? maxWaitMs : checkDuration('maxWaitMs', wait, 0) || Infinity };
}

/** @throws {AriValidationError} */
export function checkAgent(call: string, endpoint: unknown, options: AgentOptions) {
  checkGivenOptions(call, options, ['paused', 'callerId', 'variables'] satisfies (keyof AgentOptions)[]);
  const callerId = checkOptionalText('callerId', options.callerId);
  const variables = checkVariables('variables', options.variables);
  return {
    target: { endpoint: checkEndpoint('endpoint', endpoint), callerId, variables },
    isPaused: checkFlag('paused', options.paused, false),
  };
}

/**
 * With the sounds that come with Asterisk: `sound:queue-youarenext`; the rest of an estimate is rounded up to minutes.
 * @throws {AriValidationError} for what is no place
 */
export function positionMedia(place: QueuePlace): Media {
  const { position, estimatedMs } = checkPlace(place);
  const told =
    position === 1 ? ['sound:queue-youarenext'] : ['sound:queue-thereare', say(position), 'sound:queue-callswaiting'];
  return estimatedMs === undefined
    ? told
    : [...told, 'sound:queue-holdtime', say(Math.max(1, Math.ceil(estimatedMs / 60_000))), 'sound:queue-minutes'];
}

/** @throws {AriValidationError} */
function checkPlace(place: QueuePlace): Pick<QueuePlace, 'position' | 'estimatedMs'> {
  checkRecord('positionMedia: place', place, ['position', 'estimatedMs'], 'place');
  const { position, estimatedMs } = place;
  return checkFor('positionMedia', () => {
    if (estimatedMs !== undefined && !(Number.isFinite(estimatedMs) && estimatedMs >= 0)) {
      throw refuseOption('place.estimatedMs', `must be a number, at least 0, not ${describe(estimatedMs)}`);
    }
    return { position: checkWhole('place.position', position ?? null, 1, 1), estimatedMs };
  });
}
