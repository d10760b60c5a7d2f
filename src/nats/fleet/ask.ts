import type { Msg } from '@nats-io/transport-node';
import { AriConnectionError } from '../../errors/connection-error.js';
import { AriTimeoutError } from '../../errors/timeout-error.js';
import type { Deadline } from '../../rest/deadline.js';
import { longestMs } from '../../support/check-option.js';
import type { Unanswered } from '../inbox.js';
import type { Headers, NatsLink } from '../nats-link.js';

/** A question to one node. */
export interface Question {
  /** The operation that it is. */
  readonly name: string;
  readonly subject: string;
  readonly payload: string;
  readonly deadline: Deadline;
  /** @param timeoutMs how long the answer is waited for */
  readonly headers?: (timeoutMs: number) => Headers | undefined;
  /** Who answers: `relay`. */
  readonly who: string;
  /** Told that nobody answers for the node. */
  readonly onSilence: () => void;
}

/** Who answers may give up in time for its word to be here before we do, in milliseconds. */
const graceMs = 50;

/**
 * Asks one node by way of NATS.
 * @throws {AriConnectionError} if there is no answer, telling whether the question was certainly not sent
 */
export async function ask(link: NatsLink, question: Question): Promise<Msg> {
  const { name, subject, deadline, headers } = question;
  const payload = Buffer.from(question.payload);
  if (payload.length > link.maxPayload) {
    const words = `${name} was not sent: it has ${payload.length} bytes, and NATS takes ${link.maxPayload}`;
    throw new AriConnectionError(words, 'notSent');
  }
  const timeoutMs = Math.max(1, Math.ceil(Math.min(deadline.leftMs, longestMs - graceMs)));
  const answer = await deadline.limit(
    link.ask(subject, payload, timeoutMs + graceMs, headers?.(timeoutMs)),
    'outcomeUnknown',
  );
  if (typeof answer !== 'string') {
    return answer;
  }
  if (answer === 'nobody') {
    question.onSilence();
  }
  throw unanswered(question, answer, timeoutMs);
}

function unanswered({ name, who }: Question, why: Unanswered, timeoutMs: number): AriConnectionError {
  switch (why) {
    case 'nobody':
      return new AriConnectionError(`${name} was not sent: no ${who} answers for this Asterisk`, 'notSent');
    case 'refused':
      return new AriConnectionError(`${name} was not sent: NATS does not let this worker ask`, 'notSent');
    case 'unconnected':
      return new AriConnectionError(`${name} was not sent: there is no connection to NATS`, 'notSent');
    case 'disconnected':
      return new AriConnectionError(`${name}: the connection to NATS is lost`, 'outcomeUnknown');
    case 'timeout':
      return new AriTimeoutError(`${name} got no answer within ${timeoutMs} ms`, timeoutMs, 'outcomeUnknown');
  }
}
