import type { Logger } from '../../support/logger.js';
import { uniqueId } from '../../support/unique-id.js';
import { headerNames, instanceOf, relayOf } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { Headers } from '../payload.js';
import type { Subjects } from '../subjects.js';
import type { NewCall } from './calls.js';
import { carriedIn } from './carried-ids.js';
import type { StasisEvent } from './stasis-event.js';

export interface PublisherParts {
  readonly link: NatsLink;
  readonly subjects: Subjects;
  readonly logger: Logger;
}

/** Sends each event to whoever has what it is about. */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #relay = uniqueId();
  #life = 1;
  #sequence = 0;
  #lost = 0;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /** Another one for each time that events may have been missed. */
  get instance(): string {
    return instanceOf(this.#relay, this.#life);
  }

  /** Whether an instance is or was this relay. */
  isOwn(instance: string): boolean {
    return relayOf(instance) === this.#relay;
  }

  /** Events that could not be passed on. */
  get lost(): number {
    return this.#lost;
  }

  /** Events may have been missed. */
  beginAnew(): void {
    this.#life += 1;
  }

  /** NATS has not taken an event. */
  refused(): void {
    this.#lost += 1;
  }

  /** @param frame the event as it came */
  publish(node: string, frame: Uint8Array, event: StasisEvent): void {
    const { subjects } = this.#parts;
    const app = event.application;
    const carried = carriedIn(event);
    const targets =
      carried.length === 0
        ? [subjects.others(node, app)]
        : carried.map(({ kind, id }) => subjects.events(node, app, kind, id));
    const headers = targets.length > 1 ? this.#oneOfMany() : undefined;
    for (const target of targets) {
      this.#send(target, frame, headers);
    }
  }

  /** A call that was offered has begun: who watches is told. */
  begun(node: string, { app, channelId, frame }: NewCall): void {
    this.#send(this.#parts.subjects.beginnings(node, app, channelId), frame);
  }

  #send(target: string, frame: Uint8Array, headers?: Headers): void {
    const { link, logger } = this.#parts;
    if (!link.isConnected || !link.publish(target, frame, headers)) {
      this.#lost += 1;
      logger.error(`an event of ${frame.length} bytes was lost on its way to ${target}`);
    }
  }

  /** By which who gets an event by two subjects knows that it is one. */
  #oneOfMany(): Headers {
    this.#sequence += 1;
    return { [headerNames.sequence]: `${this.instance}.${this.#sequence}` };
  }
}
