import type { AriError } from '../../errors/ari-error.js';
import { AriConnectionError } from '../../errors/connection-error.js';
import type { Deadline } from '../../rest/deadline.js';
import { longestMs } from '../../support/check-option.js';
import type { Unanswered } from '../inbox.js';
import { unreached } from '../unreached.js';
import type { NatsLink } from '../nats-link.js';
import type { Answer } from '../parts.js';
import { messageSize, type Headers } from '../payload.js';

/** A question to one node. */
export interface Question {
  /** The operation that it is. */
  readonly name: string;
  readonly subject: string;
  readonly payload: string;
  readonly deadline: Deadline;
  /** Others are asked until the same deadline at the same time, and whoever asks them all looks after its end. */
  readonly isOneOfMany?: boolean;
  /** @param timeoutMs how long the answer is waited for */
  readonly headers?: (timeoutMs: number) => Headers | undefined;
  /** Who answers: `relay`. */
  readonly who: string;
  /** Told that nobody answers for the node. */
  readonly onSilence: () => void;
}

/** One of many waits so much longer than its deadline, in milliseconds: its end is told to whoever asks them all. */
const graceMs = 50;

/**
 * Asks one node by way of NATS.
 * @throws {AriConnectionError} if there is no answer, telling whether the question was certainly not sent
 */
export async function ask(link: NatsLink, question: Question): Promise<Answer> {
  const { subject, deadline, headers, isOneOfMany = false } = question;
  if (deadline.hasEnded) {
    throw deadline.error('notSent');
  }
  const payload = Buffer.from(question.payload);
  const timeoutMs = Math.max(1, Math.ceil(Math.min(deadline.leftMs, longestMs - graceMs)));
  const patience = isOneOfMany ? timeoutMs + graceMs : deadline;
  const of = headers?.(timeoutMs);
  const answer = await link.ask(subject, payload, patience, of);
  if (typeof answer !== 'string') {
    return answer;
  }
  if (answer === 'nobody') {
    question.onSilence();
  }
  throw unanswered(question, answer, `${messageSize(payload, of)} bytes, and NATS takes ${link.maxPayload}`);
}

/** @param size of the question, for one that is too long */
function unanswered({ name, subject, who, deadline }: Question, why: Unanswered, size: string): AriError {
  switch (why) {
    case 'tooLong':
      return new AriConnectionError(`${name} was not sent: it has ${size}`, 'notSent');
    case 'nobody': {
      const cause = unreached('EHOSTUNREACH', `nobody listens on ${subject}`);
      return new AriConnectionError(`${name} was not sent: no ${who} answers for this Asterisk`, 'notSent', { cause });
    }
    case 'refused':
      return new AriConnectionError(`${name} was not sent: NATS does not let this worker ask`, 'notSent');
    case 'unconnected':
      return new AriConnectionError(`${name} was not sent: there is no connection to NATS`, 'notSent', {
        cause: unreached('ENETUNREACH', 'not connected'),
      });
    case 'disconnected':
      return new AriConnectionError(`${name}: the connection to NATS is lost`, 'outcomeUnknown');
    case 'gone':
      return new AriConnectionError(`${name}: the ${who} is gone that was to answer`, 'outcomeUnknown');
    case 'timeout':
      return deadline.error('outcomeUnknown');
  }
}
