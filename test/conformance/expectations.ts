import type { AriClient, AriEvent } from 'asterisk-ari';
import { expect } from 'vitest';
import { patience } from './world.js';
import type { RawAnswer } from './raw.js';

/** Expects that an operation is refused with this status and these words of Asterisk. */
export async function expectRefusal(attempt: Promise<unknown>, status: number, message: string): Promise<void> {
  const outcome = await attempt.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  expect(outcome).toMatchObject({ status, serverMessage: message });
}

/** Expects of an answer to a raw request its status, and the words of an error. */
export async function expectRaw(answer: Promise<RawAnswer>, status: number, message = ''): Promise<void> {
  const { status: actual, message: said } = await answer;
  expect({ status: actual, message: said }).toEqual({ status, message });
}

/** Expects it of what the function gives, now or within the patience of a scenario. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: patience.timeoutMs });
}

type Type = AriEvent['type'];
type Of<T extends Type> = Extract<AriEvent, { readonly type: T }>;

/** Everything that a client hears from now on. */
export class Ear {
  readonly events: AriEvent[] = [];
  readonly #client: AriClient;

  constructor(client: AriClient) {
    this.#client = client;
    client.on('*', (event) => this.events.push(event));
  }

  /** The event that has come, or comes. */
  async until<T extends Type>(type: T, where: (event: Of<T>) => boolean = () => true): Promise<Of<T>> {
    const heard = this.events.find((event): event is Of<T> => event.type === type && where(event as Of<T>));
    if (heard) {
      return heard;
    }
    const event: unknown = await this.#client.waitFor(type, { ...patience, where: where as never });
    return event as Of<T>;
  }

  of<T extends Type>(type: T): Of<T>[] {
    return this.events.filter((event): event is Of<T> => event.type === type);
  }

  /** Types of the events that carry the object, in their order; only of those types. */
  types(object: { readonly id: string }, ...only: readonly Type[]): Type[] {
    return this.events
      .filter((event) => only.includes(event.type) && carries(event, object.id))
      .map(({ type }) => type);
  }
}

function carries(event: AriEvent, id: string): boolean {
  return Object.values(event).some((value: unknown) => (value as { id?: unknown } | null | undefined)?.id === id);
}
