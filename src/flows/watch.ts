import { BadRequestError } from '../errors/bad-request-error.js';
import { closedBehind } from '../errors/client-closed.js';
import { ConflictError } from '../errors/conflict-error.js';
import { NotFoundError } from '../errors/not-found-error.js';
import { ServerError } from '../errors/server-error.js';
import { UnprocessableEntityError } from '../errors/unprocessable-entity-error.js';
import { ignoreAbort, listenToAbort } from '../support/abort-listeners.js';
import { Change } from '../support/change.js';
import { within } from '../support/within.js';
import type { Subscription } from '../contract/subscription.js';
import { isOfAbsence } from './absence.js';
import { endInTurn } from './end-all.js';
import { Looking } from './looking.js';
import type { FlowChannel } from './parties.js';
import { whenUnclear } from './unclear.js';
import { whenOver } from './when-over.js';

/** How long an event may come after what it explains, in milliseconds. */
export const graceMs = 100;

/** Why nobody waits any more. Without a reason, each abort makes an error with its stack, which many ends at once wait for. */
export const noLonger = 'it is over';

/** Why a flow ended before its time: the channel hung up or left the application, or the signal aborted. */
export type Ending = 'hangup' | 'aborted';

/**
 * What a flow looks at while it runs: whether its channel is still there, and whether it is wanted. Flows look, act, and
 * wait for a change; so nothing can come between an event and what is made of it.
 */
export class Watch {
  readonly #signal: AbortSignal | undefined;
  readonly #over = new AbortController();
  readonly #subscriptions: readonly Pick<Subscription, 'close'>[];
  readonly #looking: Looking | undefined;
  readonly #news = new Change();
  #ending: Ending | undefined;
  #failure: { readonly error: unknown } | undefined;
  readonly #abort = { onAbort: (): void => this.end('aborted') };

  /** @param channel the one that the flow is on; a flow without one looks at others itself, and tells what it sees */
  constructor(channel: FlowChannel | undefined, signal: AbortSignal | undefined) {
    this.#signal = signal;
    // It comes before the end of what plays or is recorded, which would otherwise look as if it had ended by itself.
    this.#subscriptions =
      channel === undefined
        ? []
        : [channel.on('ChannelHangupRequest', () => this.end('hangup')), whenUnclear(channel.id, () => this.findOut())];
    if (channel !== undefined) {
      this.#looking = new Looking(
        (over) => this.look(channel, over),
        (error) => this.fail(error),
        () => this.notify(),
      );
      whenOver(channel, ['StasisEnd', 'ChannelDestroyed'], this.#over.signal, {
        onOver: () => this.end('hangup'),
        onFailure: (error) => this.fail(error),
      });
    }
    if (signal?.aborted) {
      this.end('aborted');
    } else {
      listenToAbort(signal, this.#abort);
    }
  }

  /** @throws the error that ended the flow, such as that the client was closed */
  get ending(): Ending | undefined {
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
    return this.#ending;
  }

  /** Whether nothing can be done with the channel any more: it has hung up or left, or the client is closed. */
  get isGone(): boolean {
    return this.#ending === 'hangup' || closedBehind(this.#failure?.error) !== undefined;
  }

  /** Whether the signal aborted before anything else ended the flow. */
  get isAborted(): boolean {
    return this.#ending === 'aborted';
  }

  /** Whether the channel hung up, or left the application, before anything else ended the flow. */
  get hasHungUp(): boolean {
    return this.#ending === 'hangup';
  }

  end(ending: Ending): void {
    this.#ending ??= ending;
    this.#looking?.stop();
    this.notify();
  }

  /** Ends the flow with an error, which whoever looks at it next gets. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#looking?.stop();
    this.notify();
  }

  /** Something has happened that the flow should look at. */
  notify(): void {
    this.#news.tell();
  }

  /** Waits for the next change, but not beyond a time on the clock of `performance.now()`. */
  async change(deadline = Infinity): Promise<void> {
    if (this.#failure !== undefined || this.#ending !== undefined) {
      return;
    }
    const { next } = this.#news;
    await (deadline === Infinity ? next : within(deadline - performance.now(), next));
  }

  /** Waits until something is so or the flow ends, but not longer than that. */
  async until(isSo: () => boolean, ms: number): Promise<void> {
    const deadline = performance.now() + ms;
    while (this.#failure === undefined && this.#ending === undefined && !isSo() && performance.now() < deadline) {
      await this.change(deadline);
    }
  }

  /**
   * A request to the channel, which may hang up at any time: undefined if it has. The signal does not give it up: what it
   * has made must be known to be undone.
   * @param saysGone whether an error says that the channel is gone, also where no event has told it or will
   */
  async request<T>(send: () => Promise<T>, saysGone = isOfNoChannel): Promise<T | undefined> {
    try {
      return await send();
    } catch (error) {
      if (await this.#isOfHangup(error, saysGone)) {
        this.end('hangup');
        return undefined;
      }
      throw error;
    }
  }

  /** Answers its channel. One that hangs up meanwhile cannot be answered (500), and its end is told a little later. */
  async answer(channel: FlowChannel & { answer(): Promise<void> }): Promise<void> {
    await this.request(async () => {
      try {
        await channel.answer();
      } catch (error) {
        if (error instanceof ServerError && error.status === 500) {
          await this.#settle();
          await (this.#ending === undefined ? this.look(channel).catch(() => undefined) : undefined);
        }
        throw error;
      }
    });
  }

  /** Asks whether the channel is there still, whose end may not have been heard. @throws what the request throws */
  async look(channel: FlowChannel, signal?: AbortSignal): Promise<void> {
    if (!(await unlessGone(channel.get({ signal })))) {
      this.end('hangup');
    }
  }

  /** Begins to ask whether its own channel is there still, until Asterisk says so; not while the flow has ended. */
  findOut(): void {
    if (this.#ending === undefined && this.#failure === undefined) {
      this.#looking?.begin();
    }
  }

  /** Whether nobody doubts that the channel is there still. */
  get isCertain(): boolean {
    return this.#looking?.isUnderWay !== true;
  }

  /** Waits until that is so, but not longer than so many milliseconds. */
  certain(ms = Infinity): Promise<void> {
    return this.until(() => this.isCertain, ms);
  }

  /** Whether the channel hangs up, which may be told just after the end of what played or was recorded on it. */
  async isHangup(): Promise<boolean> {
    await this.#settle();
    return this.ending === 'hangup';
  }

  close(): void {
    this.#over.abort(noLonger);
    this.#looking?.stop();
    this.#subscriptions.forEach((subscription) => subscription.close());
    ignoreAbort(this.#signal, this.#abort);
  }

  /** A channel on its way out is not in the application any more, which the answer may tell before the event does. */
  async #isOfHangup(error: unknown, saysGone: (error: unknown) => boolean): Promise<boolean> {
    if (isRefusal(error)) {
      await this.#settle();
    }
    return this.#ending === 'hangup' || saysGone(error);
  }

  /** Waits for the end of the channel, which may be told a little later than what it explains. */
  #settle(): Promise<void> {
    return this.until(() => false, graceMs);
  }
}

/** Ends something that may have ended by itself: false if it has. */
export async function unlessGone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
    return false;
  }
}

/** Whether a request to a channel has failed because there is no such channel. */
export function isOfNoChannel(error: unknown): boolean {
  return error instanceof NotFoundError && error.what === 'channel';
}

/**
 * Whether a bridge has refused a channel that was to be added because there is no such channel (400), or it is not in the
 * application any more (422). Of one that is recorded, it says 409.
 */
export function isOfUnknownMember(error: unknown): boolean {
  return error instanceof BadRequestError || error instanceof UnprocessableEntityError;
}

/** What a bridge answers for a channel that is on its way out is a 400 or a 422; the others say 409. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof ConflictError || error instanceof UnprocessableEntityError || error instanceof BadRequestError
  );
}

/**
 * What is done, in order, to something that may be gone by then, a channel that has hung up or left the application, a
 * bridge that was destroyed: that it is not there is no error. All of it is tried, whatever fails.
 * @throws all errors of another kind
 */
export function ifStillThere(...steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  return endInTurn(
    steps.map((step) => async () => {
      try {
        await step();
      } catch (error) {
        if (!isOfAbsence(error)) {
          throw error;
        }
      }
    }),
  );
}
