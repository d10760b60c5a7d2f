import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ApiModel, Operation } from '../../codegen/model/types.js';
import type { Credentials } from '../asterisk/index.js';
import type { Answer, Json } from './types.js';

/** Values of parameters, by their names. */
export type Params = Readonly<Record<string, Json>>;

/**
 * Asterisk's interface without our SDK: what is recorded must not depend on what it is to judge. Operations are known
 * from the documents alone.
 */
export class Wire {
  readonly #url: string;
  readonly #authorization: string;
  readonly #operations: ReadonlyMap<string, Operation>;

  constructor(url: string, { username, password }: Credentials, model: ApiModel) {
    this.#url = url;
    this.#authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    this.#operations = new Map(model.resources.flatMap(({ operations }) => operations.map((each) => [each.id, each])));
  }

  has(operation: string): boolean {
    return this.#operations.has(operation);
  }

  async send(id: string, params: Params): Promise<Answer> {
    const operation = this.#operations.get(id);
    if (operation === undefined) {
      throw new Error(`the documents have no operation ${id}`);
    }
    const { path, query, body } = encode(operation, params);
    const response = await fetch(`${this.#url}/ari${path}${query}`, {
      method: operation.httpMethod,
      headers: {
        authorization: this.#authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const { status } = response;
    return { operation: id, status, ...(isJson ? { body: JSON.parse(bytes.toString()) as Json } : {}) };
  }

  /** Opens an event connection. */
  async listen(apps: string, subscribeAll: boolean, onEvent: (event: Json) => void): Promise<WebSocket> {
    const url = new URL(`${this.#url.replace(/^http/, 'ws')}/ari/events`);
    url.searchParams.set('app', apps);
    url.searchParams.set('subscribeAll', String(subscribeAll));
    const socket = new WebSocket(url, 'ari', { headers: { authorization: this.#authorization } });
    socket.on('message', (data) => onEvent(JSON.parse((data as Buffer).toString()) as Json));
    await once(socket, 'open');
    return socket;
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Everything goes into the body if something must, else into the query. */
function encode({ path, parameters }: Operation, params: Params): { path: string; query: string; body?: Json } {
  const inPath = new Set<string>();
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name);
    return encodeURIComponent(textOf(params[name]));
  });
  const rest = Object.entries(params).filter(([name]) => !inPath.has(name));
  const whole = parameters.find(({ wholeBody, name }) => wholeBody && params[name] !== undefined);
  if (whole !== undefined) {
    return { path: filled, query: '', body: params[whole.name] as Json };
  }
  if (parameters.some((parameter) => parameter.in === 'body' && params[parameter.name] !== undefined)) {
    return { path: filled, query: '', body: Object.fromEntries(rest) };
  }
  const query = rest.map(([name, value]) => `${name}=${encodeURIComponent(textOf(value))}`).join('&');
  return { path: filled, query: query === '' ? '' : `?${query}` };
}
