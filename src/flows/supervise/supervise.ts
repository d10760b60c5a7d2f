import { checkChoice, refuseOption } from '../../support/check-option.js';
import { mustBe } from '../../support/describe.js';
import { AriHttpError } from '../../errors/http-error.js';
import { ObjectGoneError } from '../../errors/object-gone-error.js';
import { ServerError } from '../../errors/server-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { thenEnd } from '../end-all.js';
import { Lines } from '../lines.js';
import { runFlow } from '../run-flow.js';
import { graceMs, Watch } from '../watch.js';
import { Listening } from './listening.js';
import {
  checkSupervise,
  modes,
  type BargeOptions,
  type SuperviseMode,
  type SuperviseOptions,
  type SuperviseRules,
} from './options.js';
import { Orders, type Order } from './orders.js';
import type { SuperviseClient } from './parties.js';
import type { Desk, Post } from './post.js';
import { Presence } from './presence.js';
import type { Ended, SuperviseResult } from './result.js';

/** A supervision that goes on until its promise resolves. */
export interface Supervision extends Promise<SuperviseResult> {
  /**
   * Goes on in another mode. The supervisor goes from one to the other at once: nobody hears them in between, and they hear
   * nothing of a call for as long as that takes. Resolves with true when it is so, and with false if that does not come
   * about: for `barge`, the channel is in no bridge; another mode was asked for meanwhile; it is over. Where it fails, the
   * mode before goes on, if the supervisor is there still.
   * @throws {AriValidationError} for what is no mode; what the requests throw
   */
  switchTo(mode: SuperviseMode): Promise<boolean>;
}

/**
 * Has a supervisor take part in a call, until one of them hangs up or the signal aborts. The call goes on, and the supervisor
 * stays in the application. Nothing else is left. With `app` they can listen, and speak to one side of it, too.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export function supervise(client: SuperviseClient, options: BargeOptions): Promise<SuperviseResult>;
/**
 * Has a supervisor listen to a call, speak to one side of it, or take part, until one of them hangs up or the signal
 * aborts; `switchTo` of what it gives goes from one to the other. The call goes on, and the supervisor stays in the
 * application. Nothing else is left.
 * @throws {AriValidationError} for wrong options, before anything is sent; what the requests throw
 */
export function supervise(client: SuperviseClient, options: SuperviseOptions): Supervision;
export function supervise(client: SuperviseClient, options: SuperviseOptions | BargeOptions): Supervision {
  const orders = new Orders();
  return Object.assign(
    runFlow('supervise', () => superviseUntilOver(client, options, orders)),
    {
      switchTo: (mode: SuperviseMode): Promise<boolean> =>
        runFlow('switchTo', async () => orders.give(checkMode(mode))),
    },
  );
}

/** @throws {AriValidationError} */
function checkMode(mode: SuperviseMode): SuperviseMode {
  if (mode === undefined) {
    throw refuseOption('mode', mustBe(modes.join(' or '), mode));
  }
  return checkChoice('mode', mode, modes);
}

async function superviseUntilOver(
  client: SuperviseClient,
  options: SuperviseOptions | BargeOptions,
  orders: Orders,
): Promise<SuperviseResult> {
  const since = performance.now();
  try {
    const rules = checkSupervise(client, options);
    const watch = new Watch(undefined, rules.signal);
    const lines = new Lines([rules.supervisor, rules.channel], watch);
    orders.onOrder = () => watch.notify();
    try {
      const desk = { client, rules, watch, lines, over: () => verdict(rules, watch, lines) };
      const ended = await new Shift(desk, orders).run();
      return { ...ended, durationMs: Math.round(performance.now() - since) };
    } finally {
      lines.close();
      watch.close();
    }
  } finally {
    orders.close();
  }
}

function verdict({ supervisor }: SuperviseRules, watch: Watch, lines: Lines): Ended | undefined {
  if (watch.ending === 'aborted') {
    return { reason: 'aborted' };
  }
  const [gone] = lines.gone;
  return gone === undefined ? undefined : { reason: 'hangup', by: gone === supervisor.id ? 'supervisor' : 'channel' };
}

/** Whether a request has failed because somebody is gone; any other failure may leave something. */
function isOfOver(error: unknown): boolean {
  return error instanceof ObjectGoneError || (error instanceof AriHttpError && !(error instanceof ServerError));
}

/** The supervisor goes from one post to the next, as it is ordered. */
class Shift {
  readonly #desk: Desk;
  readonly #orders: Orders;
  #post: Post | undefined;

  constructor(desk: Desk, orders: Orders) {
    this.#desk = desk;
    this.#orders = orders;
  }

  run(): Promise<Ended> {
    return thenEnd(
      () => this.#work(),
      async () => this.#post?.close(false),
    );
  }

  async #work(): Promise<Ended> {
    const { rules, watch, over } = this.#desk;
    const early = over();
    if (early !== undefined) {
      return early;
    }
    this.#post = await this.#open(rules.mode);
    if (this.#post === undefined) {
      return over() ?? (rules.mode === 'barge' ? { reason: 'unbridged' } : { reason: 'hangup', by: 'channel' });
    }
    for (;;) {
      const ended = await this.#verdict(this.#post);
      if (ended !== undefined) {
        return ended;
      }
      const order = this.#orders.take();
      await (order === undefined ? watch.change() : this.#obey(order, this.#post));
    }
  }

  async #verdict({ left }: Post): Promise<Ended | undefined> {
    const { lines, over } = this.#desk;
    const ended = over();
    if (ended !== undefined || left === undefined) {
      return ended;
    }
    // Whoever hangs up goes out of the bridge before he is gone.
    return left.reason === 'left' && (await lines.lose()) ? over() : left;
  }

  /** Whoever hangs up may be gone before that is told. */
  async #isOver(): Promise<boolean> {
    const { lines, over } = this.#desk;
    return over() !== undefined || (await lines.lose());
  }

  async #obey({ mode, outcome }: Order, post: Post): Promise<void> {
    try {
      const next = mode === post.mode ? post : await this.#open(mode);
      if (next !== undefined && next !== post) {
        this.#post = next;
        await post.close(true);
      }
      outcome.resolve(next !== undefined && next.left === undefined);
    } catch (error) {
      // Whoever asked for it hears in any case; that the supervision itself has failed, its own caller does.
      const isOver = await this.#isOver().catch(() => false);
      outcome.resolve(isOver ? false : { error });
      const hasFailed = isOver ? !isOfOver(error) : await this.#hasTakenOut(post);
      if (this.#post !== post || hasFailed) {
        throw error;
      }
    }
  }

  /** Whether what has failed took the supervisor out of where they were all the same, which is told a little later. */
  async #hasTakenOut(post: Post): Promise<boolean> {
    await this.#desk.watch.until(() => post.left !== undefined, 2 * graceMs);
    return post.left !== undefined;
  }

  /** Undefined if there is nobody to supervise in that mode. */
  #open(mode: SuperviseMode): Promise<Post | undefined> {
    if (mode === 'barge') {
      return Presence.open(this.#desk);
    }
    if (this.#desk.rules.app === undefined) {
      throw new AriValidationError(`switchTo: ${mode} needs option 'app' of supervise, which was not given`, 'mode');
    }
    return Listening.open(this.#desk, mode);
  }
}
