import type { Bindings, Operation } from '../bindings.js';
import type { AriRequest } from '../rest/request.js';
import { Deadline } from '../rest/deadline.js';
import { decodeError, decodeResult } from '../rest/decode.js';
import { encodeRequest } from '../rest/encode.js';
import { StoredFile } from '../rest/stored-file.js';
import type { AriResponse, Transport } from '../rest/transport.js';
import type { ClientCore, RequestOptions } from './core.js';
import type { Settings } from './settings.js';

/** The way of a request: arguments → checked and encoded → transport → result or error. */
export class Requester {
  /** Release of the Asterisk that answers, once it is known. */
  server: string | undefined;
  readonly #settings: Settings;
  readonly #transport: Transport;
  readonly #bindings: Bindings;

  constructor(settings: Settings, transport: Transport, bindings: Bindings) {
    this.#settings = settings;
    this.#transport = transport;
    this.#bindings = bindings;
  }

  async request(
    core: ClientCore,
    operation: Operation,
    params?: object,
    options: RequestOptions = {},
  ): Promise<unknown> {
    const request = encodeRequest(operation, params);
    const deadline = new Deadline(operation.name, options.timeoutMs ?? this.#settings.timeoutMs, options.signal);
    let result: unknown;
    try {
      const response = await this.#transport.send(request, deadline);
      this.#settings.logger.debug(`${operation.method} ${request.path}: ${response.status}`);
      result = this.#decode(core, request, response);
      return result;
    } finally {
      if (result instanceof StoredFile) {
        // The time was for the answer's beginning; the caller's signal stays connected until the file is read.
        deadline.stopTimer();
        result.stream().once('close', () => deadline.clear());
      } else {
        deadline.clear();
      }
    }
  }

  close(): void {
    this.#transport.close();
  }

  #decode(core: ClientCore, request: AriRequest, response: AriResponse): unknown {
    if (response.status >= 200 && response.status < 300) {
      return decodeResult(core, request, response);
    }
    throw decodeError(this.#bindings, this.server, request, response);
  }
}
