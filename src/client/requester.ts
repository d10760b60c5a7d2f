import { ClientClosed } from '../errors/client-closed.js';
import type { Operation } from '../contract/operation.js';
import type { RequestOptions } from '../contract/request-options.js';
import type { RequestMessage } from '../diagnostics/channels.js';
import { note, traceRequest } from '../diagnostics/trace-request.js';
import type { AriRequest } from '../rest/request.js';
import { Deadline } from '../rest/deadline.js';
import { decodeError, decodeResult, type AnswerReader } from '../rest/decode.js';
import { encodeRequest } from '../rest/encode.js';
import { FatalSequences } from '../rest/fatal-sequences.js';
import { RetryingSender, type Sending } from '../rest/retry.js';
import { retryPolicy, type RetryPolicy } from '../rest/retry-policy.js';
import { StoredFile } from '../rest/stored-file.js';
import type { AriResponse, Transport } from '../rest/transport.js';
import { checkCallOptions, checkDuration, checkFor } from '../support/check-option.js';
import { hasArrivedSince, type Arrival } from './arrivals.js';
import { Line } from '../support/line.js';
import type { Settings } from './settings.js';

/** A request ready to be sent, and how long and how often that is tried. */
export interface Call {
  readonly request: AriRequest;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly policy: RetryPolicy;
  /** The client makes it on its own account. */
  readonly own?: boolean;
}

const known = ['signal', 'timeoutMs', 'retry'] as const satisfies readonly (keyof RequestOptions)[];

/** The way of a request: arguments → checked and encoded → transport → result or error. */
export class Requester {
  /** Release of the Asterisk that answers, once it is known. */
  server: string | undefined;
  readonly #settings: Settings;
  readonly #transport: Transport;
  readonly #sender: RetryingSender;
  readonly #reader: AnswerReader;
  readonly #ready: () => Promise<void> | undefined;
  readonly #fatal = new FatalSequences();
  readonly #pending = new Line<Deadline>();

  /** @param ready resolves when answers can be read; nothing to wait for if they can be already */
  constructor(settings: Settings, transport: Transport, reader: AnswerReader, ready: () => Promise<void> | undefined) {
    this.#settings = settings;
    this.#transport = transport;
    this.#sender = new RetryingSender(transport, settings.logger);
    this.#reader = reader;
    this.#ready = ready;
  }

  /**
   * What is to be sent, and how.
   * @throws {AriValidationError} for a wrong parameter or option
   */
  prepare(operation: Operation, params?: object, options: RequestOptions = {}): Call {
    return { request: encodeRequest(operation, params), ...this.#terms(operation, options) };
  }

  /**
   * @param arrival tells when what the request names has come to where it can be dealt with
   * @throws {AriValidationError} for what would bring Asterisk down after what was sent before
   */
  async send(call: Call, arrival?: Arrival): Promise<unknown> {
    const undo = this.#fatal.admit(call.request);
    try {
      return await this.#tell(call, arrival);
    } catch (error) {
      undo?.(error);
      throw error;
    }
  }

  async #tell(call: Call, arrival: Arrival | undefined): Promise<unknown> {
    const ready = this.#ready();
    if (ready !== undefined) {
      await ready;
    }
    return traceRequest(
      () => this.#describe(call),
      (message) => this.#exchange(call, message, arrival),
    );
  }

  /** Sends what the application has not asked for. */
  async request(operation: Operation, params: object, options: RequestOptions): Promise<unknown> {
    return this.send({ ...this.prepare(operation, params, options), own: true });
  }

  /** Sends a request as somebody else has made it, once, and gives the answer as it is. */
  async pass(request: AriRequest, options: RequestOptions): Promise<AriResponse> {
    const { signal, timeoutMs } = this.#terms(request.operation, options);
    const deadline = new Deadline(request.operation.name, timeoutMs, signal);
    return traceRequest(
      () => this.#describe({ request }),
      (message) => this.#pass(request, deadline, message),
    );
  }

  async #pass(request: AriRequest, deadline: Deadline, message: RequestMessage | undefined): Promise<AriResponse> {
    const place = this.#pending.add(deadline);
    try {
      note(message, { attempts: 1 });
      const response = await this.#transport.send(request, deadline);
      note(message, { status: response.status, answer: response.text });
      return response;
    } finally {
      deadline.clear();
      this.#pending.remove(place);
    }
  }

  /** Ends pending requests and closes every connection. */
  close(): void {
    this.#transport.close();
    for (const deadline of this.#pending.values()) {
      deadline.abort(new ClientClosed());
    }
  }

  #terms({ name }: Operation, options: RequestOptions): Omit<Call, 'request'> {
    checkCallOptions(name, options, known);
    const { signal, timeoutMs, retry } = options;
    return checkFor(name, () => ({
      signal,
      timeoutMs: checkDuration('timeoutMs', timeoutMs, this.#settings.timeoutMs),
      policy: retry === undefined ? this.#settings.retry : retryPolicy(retry, this.#settings.retry),
    }));
  }

  async #exchange(call: Call, message: RequestMessage | undefined, arrival: Arrival | undefined): Promise<unknown> {
    const { request, signal, timeoutMs, policy } = call;
    const { operation, path } = request;
    const deadline = new Deadline(operation.name, timeoutMs, signal);
    const place = this.#pending.add(deadline);
    const onAttempt = (): void => {
      attempts += 1;
      note(message, { attempts });
    };
    let attempts = 0;
    let result: unknown;
    try {
      const sending: Sending = { deadline, policy, onAttempt };
      let response = await this.#sender.send(request, sending);
      if (arrival !== undefined && (await hasArrivedSince(response, arrival, deadline))) {
        response = await this.#sender.send(request, sending);
      }
      this.#settings.logger.debug(`${operation.method} ${path}: ${response.status}`);
      note(message, { answer: response.text });
      result = this.#decode(request, response);
      note(message, { status: response.status });
      return result;
    } finally {
      whenDone(deadline, result, () => this.#pending.remove(place));
    }
  }

  #decode(request: AriRequest, response: AriResponse): unknown {
    if (response.status >= 200 && response.status < 300) {
      return decodeResult(this.#reader, request, response);
    }
    throw decodeError(this.#reader, this.server, request, response);
  }

  #describe({ request, own = false }: Pick<Call, 'request' | 'own'>): Omit<RequestMessage, 'attempts'> {
    const { operation, path, query, body } = request;
    const { name, method, path: route } = operation;
    return { ...this.#settings.source, operation: name, method, path, route, query, body, own };
  }
}

/** A file is not over with its answer. */
function whenDone(deadline: Deadline, result: unknown, forget: () => void): void {
  const end = (): void => {
    deadline.clear();
    forget();
  };
  if (result instanceof StoredFile && !result.stream().closed) {
    // The time was for the answer's beginning; the caller's signal, and close(), reach the file until it is read.
    deadline.stopTimer();
    result.stream().once('close', end);
  } else {
    end();
  }
}
