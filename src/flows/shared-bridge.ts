import { ConflictError } from '../errors/conflict-error.js';
import { NotFoundError } from '../errors/not-found-error.js';
import { OwnBridge, type FlowBridge } from './bridge.js';
import type { FlowPlayback } from './parties.js';

/** A bridge that several use: made when it is first wanted, and destroyed when the last of them leaves it. */
export class SharedBridge<B extends FlowBridge> {
  readonly #client: { readonly bridges: { handle(): B } };
  readonly #type: string;
  /** Called when it is there no longer. */
  onEnd: (() => void) | undefined;
  #users = 0;
  #made: Promise<OwnBridge<B>> | undefined;
  #current: OwnBridge<B> | undefined;
  #plays: Promise<unknown> = Promise.resolve();

  constructor(client: { readonly bridges: { handle(): B } }, type: string) {
    this.#client = client;
    this.#type = type;
  }

  /** Undefined as long as there is none. */
  get current(): B | undefined {
    return this.#current?.bridge;
  }

  /** One more uses it, and leaves it once. */
  join(): void {
    this.#users += 1;
  }

  async get(): Promise<OwnBridge<B>> {
    const making = (this.#made ??= OwnBridge.create(this.#client, this.#type));
    try {
      const own = await making;
      this.#current = this.#made === making ? own : this.#current;
      return own;
    } catch (error) {
      this.#forget(making);
      throw error;
    }
  }

  /** Somebody else has destroyed it: the next one is another. */
  forget(bridge: B): void {
    if (this.current === bridge) {
      this.#forget(this.#made);
    }
  }

  /** Who is in it, as Asterisk says; nobody if somebody else has destroyed it. */
  async look(): Promise<readonly string[]> {
    const { current } = this;
    try {
      return (await current?.get())?.channels ?? [];
    } catch (error) {
      if (current === undefined || !(error instanceof NotFoundError)) {
        throw error;
      }
      this.forget(current);
      return [];
    }
  }

  /**
   * Plays to all who are in it, if it is there. One request after the other: of two at the same moment, Asterisk refuses
   * one now and then.
   */
  play(params: object): Promise<FlowPlayback | undefined> {
    const playing = this.#plays.then(() => unlessDestroyed(this.current?.play(params as never)));
    this.#plays = playing.catch(() => undefined);
    return playing;
  }

  async leave(): Promise<void> {
    this.#users -= 1;
    if (this.#users === 0) {
      const made = this.#made;
      this.#forget(made);
      await (await made)?.end();
    }
  }

  #forget(made: Promise<OwnBridge<B>> | undefined): void {
    if (this.#made === made) {
      this.#made = undefined;
      this.#current = undefined;
      this.onEnd?.();
    }
  }
}

/** A request to a bridge that somebody else may have destroyed: undefined if they have. */
export async function unlessDestroyed<T>(request: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isOfNoBridge(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a request to a bridge of ours has failed because somebody else has destroyed it (404) or is about to (409). */
export function isOfNoBridge(error: unknown): boolean {
  return (
    (error instanceof NotFoundError && error.what === 'bridge') ||
    (error instanceof ConflictError && error.serverMessage === 'Bridge not in Stasis application')
  );
}
