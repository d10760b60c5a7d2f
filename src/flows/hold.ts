import { checkGivenOptions } from '../support/check-option.js';
import { checkOptionalText, checkParty } from './check.js';
import type { CallOptions, FlowChannel } from './parties.js';
import { runFlow } from './run-flow.js';
import { endInTurn } from './end-all.js';
import { inTurn, markHeld } from './held.js';
import { undo } from './persist.js';
import { Watch, type Ending } from './watch.js';

/** What `hold` and `unhold` need of a channel. A `Channel` and a handle of one will do. */
export interface HoldableChannel extends FlowChannel {
  // Bindings differ in what they take: what is given here is a part of what each of them does.
  mute(params: never, options?: CallOptions): Promise<void>;
  unmute(params: never, options?: CallOptions): Promise<void>;
  startMoh(params?: { readonly mohClass?: string | undefined }, options?: CallOptions): Promise<void>;
  stopMoh(options?: CallOptions): Promise<void>;
}

/** Options of {@link hold}. */
export interface HoldOptions {
  /** Class of the music. @default that of the channel, or `default` */
  readonly musicClass?: string | undefined;
  /** Gives it up: the channel is not on hold then. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link unhold}. */
export interface UnholdOptions {
  /** Gives it up, if it has not begun. */
  readonly signal?: AbortSignal | undefined;
}

/** How {@link hold} ended: `hangup` if the channel hung up, or left the application. */
export interface HoldResult {
  /** `held`: it is on hold. `hangup`: it hung up, or left the application. `aborted`: by the signal; it is not on hold. */
  readonly outcome: 'held' | Ending;
}

/** How {@link unhold} ended: `hangup` if the channel hung up, or left the application. */
export interface UnholdResult {
  /** `unheld`: it is heard again. `hangup`: it hung up, or left the application. `aborted`: by the signal, before it began. */
  readonly outcome: 'unheld' | Ending;
}

/** What the channel says is not passed on to the bridge that it is in. */
const unheard = { direction: 'in' } as never;

/**
 * Puts a channel on hold, be it in a bridge or not: it hears music and is not heard, and stays where it is.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export async function hold(channel: HoldableChannel, options: HoldOptions = {}): Promise<HoldResult> {
  return runFlow('hold', () => putOnHold(channel, options));
}

async function putOnHold(channel: HoldableChannel, options: HoldOptions): Promise<HoldResult> {
  checkHoldable('hold', channel);
  checkGivenOptions('hold', options, ['musicClass', 'signal'] satisfies (keyof HoldOptions)[]);
  const mohClass = checkOptionalText('musicClass', options.musicClass);
  return inTurn(channel.id, () => holdNow(channel, mohClass, options.signal));
}

async function holdNow(
  channel: HoldableChannel,
  mohClass: string | undefined,
  signal: AbortSignal | undefined,
): Promise<HoldResult> {
  const watch = new Watch(channel, signal);
  const steps: (() => Promise<void>)[] = [];
  const step = async (act: () => Promise<void>, back: () => Promise<void>): Promise<void> => {
    if (watch.ending === undefined) {
      steps.unshift(back);
      await watch.request(act);
    }
  };
  const back = (): Promise<void> =>
    endInTurn((watch.hasHungUp ? [] : steps).map((each) => () => watch.request(() => undo(channel, each))));
  try {
    const music = mohClass === undefined ? {} : { mohClass };
    await step(
      () => channel.mute(unheard),
      () => channel.unmute(unheard),
    );
    await step(
      () => channel.startMoh(music),
      () => channel.stopMoh(),
    );
    const { ending } = watch;
    if (ending === 'aborted') {
      await back();
    }
    markHeld(channel.id, ending === undefined);
    return { outcome: ending ?? 'held' };
  } catch (error) {
    await endInTurn([() => Promise.reject(error), back]);
    throw error;
  } finally {
    watch.close();
  }
}

/**
 * Takes a channel off hold.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export async function unhold(channel: HoldableChannel, options: UnholdOptions = {}): Promise<UnholdResult> {
  return runFlow('unhold', () => takeOffHold(channel, options));
}

async function takeOffHold(channel: HoldableChannel, options: UnholdOptions): Promise<UnholdResult> {
  checkHoldable('unhold', channel);
  checkGivenOptions('unhold', options, ['signal'] satisfies (keyof UnholdOptions)[]);
  return inTurn(channel.id, () => unholdNow(channel, options.signal));
}

async function unholdNow(channel: HoldableChannel, signal: AbortSignal | undefined): Promise<UnholdResult> {
  const watch = new Watch(channel, signal);
  try {
    if (watch.ending === undefined) {
      // Whatever becomes of the music, he is to be heard again.
      const steps = [() => channel.stopMoh(), () => channel.unmute(unheard)];
      await endInTurn(steps.map((each) => () => watch.request(() => undo(channel, each))));
      markHeld(channel.id, false);
      return { outcome: watch.hasHungUp ? 'hangup' : 'unheld' };
    }
    return { outcome: watch.ending };
  } finally {
    watch.close();
  }
}

function checkHoldable(flow: string, channel: unknown): void {
  checkParty(flow, 'channel', channel, ['on', 'waitFor', 'get', 'mute', 'unmute', 'startMoh', 'stopMoh']);
}
