import { ClientClosed, notSentByClosed } from '../../errors/client-closed.js';
import { AriConnectionError } from '../../errors/connection-error.js';
import { AriProtocolError } from '../../errors/protocol-error.js';
import { AriValidationError } from '../../errors/validation-error.js';
import { createdBy, parameterOf } from '../../rest/creation.js';
import type { Deadline } from '../../rest/deadline.js';
import type { AriRequest } from '../../rest/request.js';
import { requestFrame, responseOf } from '../../rest/rest-frame.js';
import type { AriResponse, Transport } from '../../rest/transport.js';
import { defaultTimeoutMs, headerNames, isFailure, parse } from '../messages.js';
import type { NatsLink } from '../nats-link.js';
import type { Headers } from '../payload.js';
import type { Answer } from '../parts.js';
import { unreached } from '../unreached.js';
import { ask } from './ask.js';

export interface NatsTransportOptions {
  readonly link: NatsLink;
  /** Subject of the node's requests. */
  readonly subject: string;
  /** Id of the worker whose own the channels are that it makes; without it they are offered, as calls are. */
  readonly worker: string | undefined;
  /** Why there is no such Asterisk any more; undefined while there may be. */
  readonly whyGone: () => string | undefined;
  /** Told that an answer is expected. */
  readonly onSend: () => void;
  /** Told that nobody answers for the node. */
  readonly onSilence: () => void;
}

/** Requests to the Asterisk of one node, by its relay. */
export class NatsTransport implements Transport {
  readonly #options: NatsTransportOptions;
  #isClosed = false;

  constructor(options: NatsTransportOptions) {
    this.#options = options;
  }

  async send(request: AriRequest, deadline: Deadline): Promise<AriResponse> {
    const { link, subject, onSend, onSilence } = this.#options;
    const { operation } = request;
    const why = this.#options.whyGone();
    if (why !== undefined) {
      throw new AriConnectionError(`${operation.name} was not sent: ${why}`, 'notSent', { cause: new ClientClosed() });
    }
    if (this.#isClosed) {
      throw notSentByClosed(operation.name);
    }
    if (operation.returns.kind === 'binary') {
      throw new AriValidationError(`${operation.name} answers with a file, and files do not travel over NATS`);
    }
    onSend();
    const answer = await ask(link, {
      name: operation.name,
      subject,
      payload: requestFrame('', request),
      deadline,
      headers: (timeoutMs) => this.#headers(request, timeoutMs),
      who: 'relay',
      onSilence,
    });
    return read(request, answer);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Nothing for most requests: headers cost more than all else of a short message. */
  #headers(request: AriRequest, timeoutMs: number): Headers | undefined {
    const { blocking } = request.operation;
    const { worker } = this.#options;
    const made = worker === undefined ? undefined : createdBy(request.operation);
    const creates = made?.kind === 'Channel' ? parameterOf(request, made.idName) : undefined;
    if (timeoutMs === defaultTimeoutMs && blocking === undefined && creates === undefined) {
      return undefined;
    }
    return {
      [headerNames.timeout]: String(timeoutMs),
      ...(blocking && { [headerNames.blocking]: '1' }),
      ...(creates !== undefined && {
        [headerNames.worker]: worker,
        [headerNames.creates]: encodeURIComponent(creates),
      }),
    };
  }
}

function read({ operation }: AriRequest, { data }: Answer): AriResponse {
  const answer = parse(data);
  if (typeof answer !== 'object' || answer === null) {
    throw new AriProtocolError(`${operation.name}: the relay's answer is no RESTResponse`);
  }
  if (isFailure(answer)) {
    const delivery = answer.delivery === 'notSent' ? 'notSent' : 'outcomeUnknown';
    const { reason, code } = answer;
    const options = typeof code === 'string' ? { cause: unreached(code, reason) } : undefined;
    throw new AriConnectionError(`${operation.name}: ${reason}`, delivery, options);
  }
  return responseOf(operation, answer);
}
