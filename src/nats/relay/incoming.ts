import { ownEvents } from '../../events/reader.js';
import type { Logger } from '../../support/logger.js';
import type { PxFace } from '../px/server/px-face.js';
import type { Calls } from './calls.js';
import type { Publisher } from './publisher.js';
import type { Reconciler } from './reconciler.js';
import type { StasisEvent } from './stasis-event.js';

export interface IncomingParts {
  readonly calls: Calls;
  readonly publisher: Publisher;
  readonly reconciler: Reconciler;
  readonly px: PxFace | undefined;
  /** The Asterisk that it comes from. */
  readonly node: () => string;
  readonly logger: Logger;
}

/** How an answer to a request begins, as Asterisk writes it: it need not be read twice. */
const answer = /^\s*\{\s*"type"\s*:\s*"RESTResponse"/;

/** Messages that the client itself must read. */
const ownTypes: ReadonlySet<unknown> = new Set(['RESTResponse', ...ownEvents]);

/** What comes from Asterisk: each event is sent on, or held back where nobody has its call yet. */
export class Incoming {
  readonly #parts: IncomingParts;

  constructor(parts: IncomingParts) {
    this.#parts = parts;
  }

  /** False for what the client reads itself. */
  take(frame: Buffer): boolean {
    if (answer.test(frame.toString('latin1', 0, 40))) {
      return false;
    }
    let event: unknown;
    try {
      event = JSON.parse(frame.toString());
    } catch {
      event = undefined;
    }
    if (ownTypes.has((event as StasisEvent | null | undefined)?.type)) {
      return false;
    }
    if (typeof event !== 'object' || event === null || typeof (event as StasisEvent).application !== 'string') {
      this.#parts.logger.warn('a message that is no event was not passed on');
      return true;
    }
    this.#route(frame, event as StasisEvent);
    return true;
  }

  #route(frame: Buffer, event: StasisEvent): void {
    const { calls, publisher, reconciler, px, node } = this.#parts;
    const { type, application: app, channel } = event;
    px?.event(frame, event);
    const channelId = typeof channel?.id === 'string' ? channel.id : undefined;
    if (type === 'StasisStart' && channelId !== undefined) {
      if (calls.started({ app, channelId, frame, isAdopted: false })) {
        return;
      }
    }
    const isOver = channelId !== undefined && (type === 'StasisEnd' || type === 'ChannelDestroyed');
    if (channelId === undefined || !calls.holds(channelId, frame, event)) {
      publisher.publish(node(), frame, event);
    }
    if (isOver) {
      reconciler.ended(channelId);
      calls.ended(channelId, type === 'StasisEnd' ? app : undefined);
    }
  }
}
