import { BaseClient } from '../../client/base-client.js';
import type { ClientOptions } from '../../client/options.js';
import { onFrame, passOn, type TakeFrame } from '../../client/passing.js';
import type { Bindings } from '../../contract/bindings.js';
import type { RequestOptions } from '../../contract/request-options.js';
import type { AriRequest } from '../../rest/request.js';
import type { AriResponse } from '../../rest/transport.js';

/** A relay reads nothing of what it passes on, so it needs the tables of no release. */
const nothing: Bindings = { release: '', objects: {}, events: {} };

/** It knows no event by name. */
interface NoEvents {
  readonly [type: string]: never;
}

/** The connection to one Asterisk: its frames as they come, requests as they are. */
export class RelayClient extends BaseClient<NoEvents> {
  constructor(options: ClientOptions, takeFrame: TakeFrame) {
    super(nothing, { ...options, [onFrame]: takeFrame } as ClientOptions);
  }

  pass(request: AriRequest, options: RequestOptions = {}): Promise<AriResponse> {
    return this[passOn](request, options);
  }

  /** Asks for JSON. @throws {Error} for another answer */
  async ask(path: string, query = ''): Promise<unknown> {
    const { status, text } = await this.pass(plain('GET', path, query));
    if (status !== 200) {
      throw new Error(`GET ${path}: ${status} ${text.slice(0, 200)}`);
    }
    return JSON.parse(text);
  }

  /** Does something to a channel that may be gone. @throws {Error} for an answer that leaves it as it was */
  async act(method: 'POST' | 'DELETE', path: string): Promise<void> {
    const { status, text } = await this.pass(plain(method, path, ''));
    if (status >= 400 && status !== 404 && status !== 409) {
      throw new Error(`${method} ${path}: ${status} ${text.slice(0, 200)}`);
    }
  }
}

function plain(method: 'GET' | 'POST' | 'DELETE', path: string, query: string): AriRequest {
  const operation = { name: `${method} ${path}`, method, path, params: {}, returns: { kind: 'data' } } as const;
  return { operation, path, query, body: undefined };
}
