import { errorText } from '../support/error-text.js';
import type { Logger } from '../support/logger.js';
import type { Delivery } from '../errors/delivery.js';
import { AriTimeoutError } from '../errors/timeout-error.js';
import { afterUnclear } from '../errors/unanswered.js';
import { jitteredDelay } from '../support/backoff.js';
import { bootingMs, isAsteriskPage, isMissingPage, isNotBooted } from './booting.js';
import { creationOf } from './creation.js';
import type { Deadline } from './deadline.js';
import { isLate, isLost, isMissing, isRepeatable, type Outcome } from './outcome.js';
import { pause } from '../support/pause.js';
import { ping } from './ping.js';
import type { AriRequest } from './request.js';
import type { RetryPolicy } from './retry-policy.js';
import type { AriResponse, Transport } from './transport.js';

/** How one request is to be sent. */
export interface Sending {
  readonly deadline: Deadline;
  readonly policy: RetryPolicy;
  /** Called before each time that it is sent. */
  readonly onAttempt: () => void;
}

/**
 * Repeats what may safely be repeated, whatever carries it: what was not sent; GET, PUT and DELETE whose answer was
 * lost; creations under an id of ours, after asking whether they took place; and everything while Asterisk is starting.
 */
export class RetryingSender {
  readonly #transport: Transport;
  readonly #logger: Logger;
  #hasMetAri = false;

  constructor(transport: Transport, logger: Logger) {
    this.#transport = transport;
    this.#logger = logger;
  }

  /** Like `Transport.send`. */
  async send(request: AriRequest, sending: Sending): Promise<AriResponse> {
    const begun = performance.now();
    let outcome = await this.#attempt(request, sending);
    let delivery: Delivery = 'notSent';
    for (let retry = 1; this.#mayRepeat(request, outcome, sending.policy, retry, begun); retry += 1) {
      if (isLost(outcome) || (outcome.response !== undefined && !this.#isBooting(outcome))) {
        delivery = 'outcomeUnknown';
      }
      if (!(await this.#pause(request, outcome, sending, retry, delivery))) {
        break;
      }
      const isUp = await this.#isUpAfterAll(outcome, sending);
      outcome = await this.#repeat(request, outcome, sending);
      if (isUp && isPage(outcome)) {
        break;
      }
    }
    return settle(request, outcome, delivery);
  }

  async #attempt(request: AriRequest, { deadline, onAttempt }: Sending): Promise<Outcome> {
    onAttempt();
    try {
      const response = await this.#transport.send(request, deadline);
      this.#hasMetAri ||= !isMissingPage(response);
      return { response };
    } catch (error) {
      return { error };
    }
  }

  #mayRepeat(request: AriRequest, outcome: Outcome, policy: RetryPolicy, retry: number, begun: number): boolean {
    return this.#isBooting(outcome)
      ? policy.maxRetries > 0 && performance.now() - begun < bootingMs
      : retry <= policy.maxRetries && isRepeatable(request, outcome);
  }

  /** While it starts, Asterisk refuses every request unread: at first as if there were no ARI, then with 503. */
  #isBooting({ response }: Outcome): boolean {
    return response !== undefined && (isNotBooted(response) || (isAsteriskPage(response) && this.#hasMetAri));
  }

  /** Whether ARI answers, though Asterisk had none where the request went: then what led it there is no start. */
  async #isUpAfterAll(outcome: Outcome, sending: Sending): Promise<boolean> {
    if (!isPage(outcome)) {
      return false;
    }
    const { response } = await this.#attempt(ping, { ...sending, onAttempt: () => undefined });
    return response !== undefined && !isMissingPage(response) && !isNotBooted(response);
  }

  /**
   * False if the time is over.
   * @param delivery of all attempts so far
   * @throws {AriAbortError} if nobody wants the answer any more
   */
  async #pause(
    { operation }: AriRequest,
    outcome: Outcome,
    sending: Sending,
    retry: number,
    delivery: Delivery,
  ): Promise<boolean> {
    const { deadline, policy } = sending;
    const delayMs = jitteredDelay(retry, policy.minDelayMs, policy.maxDelayMs);
    this.#logger.debug(`${operation.name} is repeated in ${Math.round(delayMs)} ms: ${describe(outcome)}`);
    await pause(delayMs, deadline.signal);
    if (!deadline.signal.aborted) {
      return true;
    }
    const reason = deadline.error(delivery);
    if (reason instanceof AriTimeoutError) {
      return false;
    }
    throw reason;
  }

  async #repeat(request: AriRequest, before: Outcome, sending: Sending): Promise<Outcome> {
    const created = isLost(before) ? await this.#confirm(request, before, sending) : undefined;
    const outcome = created ?? (await this.#attempt(request, sending));
    // What Asterisk said tells more than that the time was over.
    return isLate(outcome) && before.response !== undefined ? { ...before, isFinal: true } : outcome;
  }

  /**
   * What became of a creation whose answer was lost: the object as the answer, or the loss as it was if that does not
   * show; undefined if it may be repeated or is no creation.
   */
  async #confirm(request: AriRequest, lost: Outcome, sending: Sending): Promise<Outcome | undefined> {
    const creation = creationOf(request);
    if (creation === undefined) {
      return undefined;
    }
    const found = await this.#attempt(creation.question, sending);
    if (found.response?.status === 200) {
      return found;
    }
    return isMissing(found) && creation.repeatable ? undefined : { ...lost, isFinal: true };
  }
}

/**
 * When an object is not there any more, the first of two attempts to remove it has succeeded.
 * @param before what became of the attempts before the last one
 */
function settle({ operation }: AriRequest, outcome: Outcome, before: Delivery): AriResponse {
  const isUnclear = before === 'outcomeUnknown';
  if (outcome.response === undefined) {
    throw isUnclear ? afterUnclear(outcome.error) : outcome.error;
  }
  const { method, path, returns, foreign } = operation;
  const removes = method === 'DELETE' && path.endsWith('}') && (returns.kind === 'void' || foreign);
  return isUnclear && removes && isMissing(outcome) ? { ...outcome.response, status: 204, text: '' } : outcome.response;
}

function isPage({ response }: Outcome): boolean {
  return response !== undefined && isMissingPage(response);
}

function describe({ response, error }: Outcome): string {
  return response === undefined ? errorText(error) : `answered ${response.status}`;
}
