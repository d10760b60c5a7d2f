import { AriProtocolError } from '../errors/protocol-error.js';
import { mustBe } from '../support/describe.js';
import type { Logger } from '../support/logger.js';
import type { Deadline } from './deadline.js';
import { within } from '../support/within.js';
import { ping } from './ping.js';
import type { AriRequest } from './request.js';
import { requestFrame, type RestResponse } from './rest-frame.js';
import { answersOverSocket } from './server-release.js';
import { SocketExchange } from './socket-exchange.js';
import type { SocketMessage, SocketUser } from './socket-user.js';
import type { AriResponse } from './transport.js';

/** How long the closing of the connection waits for answers, in milliseconds. */
const graceMs = 1_000;

/**
 * The event connection as a way for requests. Whether Asterisk answers there is asked of Asterisk itself: older ones are
 * silent, and so is any where an event filter lets no answers through. So a ping goes ahead of the requests whenever
 * that may have changed, and until it is answered the way counts as closed.
 */
export class SocketWire implements SocketUser {
  readonly messageTypes = ['RESTResponse'];
  readonly #exchange = new SocketExchange({
    onTimeout: () => this.check(),
    onStall: (request) => this.#onStall(request),
  });
  readonly #release: () => string | undefined;
  readonly #logger: Logger;
  #send: ((text: string) => boolean) | undefined;
  /** The application by whose event filter Asterisk filters answers. */
  #app: string | undefined;
  readonly #isTrusted: boolean;
  /** Told when requests may pass, or never will. */
  readonly #waiting = new Set<() => void>();
  /** Of the ping whose answer opens the way. */
  #pingId: string | undefined;
  #isReady = false;
  #whenStalled: (() => void) | undefined;

  /**
   * @param release the release of the Asterisk at the other end, if it is known
   * @param isTrusted whoever is at the other end has already answered there, so that no ping need go ahead
   */
  constructor(release: () => string | undefined, logger: Logger, isTrusted = false) {
    this.#isTrusted = isTrusted;
    this.#release = release;
    this.#logger = logger;
  }

  /** Whether requests are answered here. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether answers are waited for; until they come, Asterisk reads nothing else, pings included. */
  get isWaiting(): boolean {
    return this.#exchange.isWaiting;
  }

  /**
   * Whether a request has been keeping those after it waiting for a while, so that one about this object would wait in
   * vain: those that are about the same object as one that waits already keep their order.
   */
  holdsUp(object: string | undefined): boolean {
    return this.#exchange.isStalled && (object === undefined || !this.#exchange.isWaitingFor(object));
  }

  /** Names who is told when a request begins to keep those after it waiting. */
  whenStalled(onStall: () => void): void {
    this.#whenStalled = onStall;
  }

  /** Lets requests that only read and wait in vain go: their answers are undefined. */
  letReadsGo(): void {
    this.#exchange.letReadsGo();
  }

  /** An id that no other request of this client has had. */
  nextId(): string {
    return this.#exchange.nextId();
  }

  /** Sends a request; undefined if the connection is gone, and nothing was sent. */
  send(
    text: string,
    id: string,
    request: AriRequest,
    deadline: Deadline,
  ): Promise<AriResponse | undefined> | undefined {
    return this.#send?.(text) ? this.#exchange.answerTo(id, request, deadline) : undefined;
  }

  /** Resolves when requests may pass. @throws what the deadline gives, if it ends first */
  readied(deadline: Deadline): Promise<void> {
    return new Promise((resolve, reject) => {
      if (deadline.hasEnded) {
        reject(deadline.error('notSent'));
        return;
      }
      const onReady = (): void => {
        deadline.whenEnded(undefined);
        resolve();
      };
      this.#waiting.add(onReady);
      deadline.whenEnded(() => {
        this.#waiting.delete(onReady);
        reject(deadline.error('notSent'));
      });
    });
  }

  /** Lets no more requests through until the next `check()`; resolves when all that were sent are answered. */
  async pause(): Promise<void> {
    this.#isReady = false;
    this.#pingId = undefined;
    await this.#exchange.drained();
  }

  /** Lets requests through as soon as a ping is answered. */
  check(): void {
    this.#isReady = false;
    this.#pingId = this.nextId();
    this.#send?.(requestFrame(this.#pingId, ping));
  }

  /** Whether answers pass the event filter of this application. */
  isFilteredBy(app: string): boolean {
    return this.#app === app;
  }

  opened(send: (text: string) => boolean, apps: Iterable<string>): void {
    [this.#app] = apps;
    const release = this.#release();
    if (answersOverSocket(release) === false) {
      this.#logger.info(`requests go over HTTP only: Asterisk ${release} takes none over the event connection`);
      return;
    }
    this.#send = send;
    if (this.#isTrusted) {
      this.#open();
    } else {
      this.check();
    }
  }

  /** What is on its way may still be answered, but a dead connection keeps nobody waiting. */
  closing(): Promise<void> {
    return within(graceMs, this.pause());
  }

  closed(cause: Error | undefined): void {
    this.#isReady = false;
    this.#send = undefined;
    this.#app = undefined;
    this.#exchange.lose(cause);
  }

  /** Answers come in the name of the first application; that is another connection's now. */
  replaced(app: string): void {
    if (app === this.#app) {
      this.#isReady = false;
      this.#send = undefined;
    }
  }

  #onStall({ operation }: AriRequest): void {
    if (this.#whenStalled !== undefined) {
      this.#logger.info(`${operation.name} is not answered: until it is, other requests go over HTTP`);
      this.#whenStalled();
    }
  }

  received(message: SocketMessage): void {
    const answer = message as RestResponse;
    const { request_id: id } = answer;
    if (typeof id !== 'string') {
      throw new AriProtocolError(`an answer to no request: request_id ${mustBe('a string', id)}`);
    }
    if (id !== this.#pingId) {
      this.#exchange.receive(id, answer);
    } else if (answer.status_code === 200 && this.#send !== undefined) {
      this.#open();
    }
  }

  #open(): void {
    this.#isReady = true;
    this.#pingId = undefined;
    this.#logger.debug('requests go over the event connection');
    for (const tell of this.#waiting) {
      this.#waiting.delete(tell);
      tell();
    }
  }
}
