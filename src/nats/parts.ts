import type { Msg } from '@nats-io/transport-node';
import { headerNames } from './messages.js';

/** What has come as an answer, in one message or in several. */
export type Answer = Pick<Msg, 'data' | 'reply'>;

/** Most parts of an answer. */
const maxParts = 10_000;

/** Cuts what is too long for one message. */
export function partsOf(bytes: Uint8Array, longest: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / longest) }, (_, index) =>
    bytes.subarray(index * longest, (index + 1) * longest),
  );
}

/** In how many parts an answer follows; 0 for a message that is the answer itself. */
export function partsAfter({ headers }: Msg): number {
  const parts = Number(headers?.get(headerNames.parts) ?? '');
  return Number.isInteger(parts) && parts > 0 && parts <= maxParts ? parts : 0;
}

/** Puts the parts of an answer together: NATS keeps the order of what one sends to one. */
export class Assembly {
  readonly #parts: Uint8Array[] = [];
  #missing: number;

  constructor(count: number) {
    this.#missing = count;
  }

  /** The answer, once its last part is there. */
  add({ data, reply }: Answer): Answer | undefined {
    this.#parts.push(data);
    this.#missing -= 1;
    return this.#missing > 0 ? undefined : { data: Buffer.concat(this.#parts), ...(reply !== undefined && { reply }) };
  }
}
