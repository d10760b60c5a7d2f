import { CodegenError } from '../errors.js';
import { limits, mebibytes } from '../limits.js';
import { readBounded } from './read-bounded.js';
import type { ServerAddress } from './server-address.js';

/** Redirections within one server that are followed, one after the other. */
const HOPS = 5;

/** Fetches texts from one server; whatever goes wrong is told in one sentence, without the credentials. */
export class Fetcher {
  readonly #address: ServerAddress;
  readonly #timeoutMs: number;
  readonly #authorization: string;
  #bytesLeft: number = limits.totalBytes;

  constructor(address: ServerAddress, timeoutMs: number) {
    this.#address = address;
    this.#timeoutMs = timeoutMs;
    const credentials = Buffer.from(`${address.username}:${address.password}`, 'utf8').toString('base64');
    this.#authorization = `Basic ${credentials}`;
  }

  /** The JSON text at a path under `/ari/`. */
  async get(path: string): Promise<string> {
    const url = `${this.#address.base}${path}`;
    const text = await this.#fetch(url, AbortSignal.timeout(this.#timeoutMs));
    if (/^\s*</.test(text)) {
      throw new CodegenError(
        `${url} answered with an HTML page, not JSON: is this the HTTP server of Asterisk, and its prefix right?`,
      );
    }
    return text;
  }

  async #fetch(url: string, signal: AbortSignal): Promise<string> {
    try {
      const response = await this.#follow(url, signal);
      if (response.ok) return await this.#read(url, response);
      await response.body?.cancel();
      throw refusal(url, response.status, this.#address.username);
    } catch (cause) {
      if (cause instanceof CodegenError) throw cause;
      throw new CodegenError(`${url} ${reason(cause, this.#timeoutMs)}`, { cause });
    }
  }

  /** The answer at the end of a server's redirections. No other server is asked: it would be told the credentials. */
  async #follow(url: string, signal: AbortSignal): Promise<Response> {
    const headers = { authorization: this.#authorization, accept: 'application/json' };
    let target = url;
    for (let hop = 0; hop <= HOPS; hop += 1) {
      const response = await fetch(target, { headers, signal, redirect: 'manual' });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) return response;
      await response.body?.cancel();
      target = redirected(url, target, location);
    }
    throw new CodegenError(`${url} was redirected more than ${HOPS} times`);
  }

  async #read(url: string, response: Response): Promise<string> {
    const limit = Math.min(limits.documentBytes, this.#bytesLeft);
    const { text, bytes } = await readBounded(response, limit);
    this.#bytesLeft -= bytes;
    if (text !== undefined) return text;
    throw new CodegenError(
      limit === limits.documentBytes
        ? `${url} answered with more than ${mebibytes(limit)}: no document of Asterisk is as long`
        : `${url}: with it, the documents are longer than ${mebibytes(limits.totalBytes)} together`,
    );
  }
}

/** Where a redirection leads, if that is the same server. */
function redirected(url: string, from: string, location: string): string {
  if (!URL.canParse(location, from)) throw new CodegenError(`${url} is redirected to what is no URL`);
  const to = new URL(location, from);
  if (to.origin === new URL(url).origin) return to.href;
  const where = to.origin === 'null' ? `a ${to.protocol} URL` : to.origin;
  throw new CodegenError(
    `${url} is redirected to ${where}, another server, which was not asked: if it is the right one, give its URL`,
  );
}

function refusal(url: string, status: number, username: string): CodegenError {
  switch (status) {
    case 401:
      return new CodegenError(`${url} refused the username '${username}' or its password (401)`);
    case 403:
      return new CodegenError(`${url} is forbidden to '${username}' (403)`);
    case 404:
      return new CodegenError(
        `${url} is not there (404): ARI is not enabled under this URL, its prefix is another one, ` +
          "or the server's folder rest-api was not installed (then use --api-docs DIR)",
      );
    default:
      return new CodegenError(`${url} answered with status ${status}`);
  }
}

function reason(cause: unknown, timeoutMs: number): string {
  if (!(cause instanceof Error)) return 'could not be fetched';
  if (cause.name === 'TimeoutError') return `did not answer within ${timeoutMs / 1000} s`;
  // fetch wraps what happened to the connection
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : undefined;
  return `is unreachable: ${inner.message || code || 'the connection failed'}`;
}
