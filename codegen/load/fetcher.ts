import { CodegenError } from '../errors.js';
import type { ServerAddress } from './server-address.js';

/** Fetches texts from one server; whatever goes wrong is told in one sentence, without the credentials. */
export class Fetcher {
  readonly #address: ServerAddress;
  readonly #timeoutMs: number;
  readonly #authorization: string;

  constructor(address: ServerAddress, timeoutMs: number) {
    this.#address = address;
    this.#timeoutMs = timeoutMs;
    const credentials = Buffer.from(`${address.username}:${address.password}`, 'utf8').toString('base64');
    this.#authorization = `Basic ${credentials}`;
  }

  /** The JSON text at a path under `/ari/`. */
  async get(path: string): Promise<string> {
    const url = `${this.#address.base}${path}`;
    const { response, text } = await this.#fetch(url);
    if (!response.ok) throw refusal(url, response.status, this.#address.username);
    if (/^\s*</.test(text)) {
      throw new CodegenError(
        `${url} answered with an HTML page, not JSON: is this the HTTP server of Asterisk, and its prefix right?`,
      );
    }
    return text;
  }

  async #fetch(url: string): Promise<{ response: Response; text: string }> {
    try {
      const response = await fetch(url, {
        headers: { authorization: this.#authorization, accept: 'application/json' },
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return { response, text: await response.text() };
    } catch (cause) {
      throw new CodegenError(`${url} ${reason(cause, this.#timeoutMs)}`, { cause });
    }
  }
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
