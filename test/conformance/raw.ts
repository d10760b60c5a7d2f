import { request, type IncomingHttpHeaders } from 'node:http';

/** Where a request goes. */
export interface RawTarget {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface RawOptions {
  /** As it is if it is a string or bytes, else as JSON with the content type of JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** False leaves the credentials out. */
  readonly credentials?: boolean;
  /** The path is the whole one, not below `/ari`. */
  readonly absolute?: boolean;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text of an error in JSON; empty if there is none. */
  readonly message: string;
  /** The body in JSON, if it is. */
  readonly json: unknown;
}

/** Sends a request exactly as told, on a connection of its own. */
export function sendRaw(server: RawTarget, method: string, path: string, options: RawOptions = {}): Promise<RawAnswer> {
  const { body, credentials = true, absolute = false } = options;
  const headers: Record<string, string> = { ...options.headers };
  if (credentials) {
    headers['Authorization'] = `Basic ${Buffer.from(`${server.username}:${server.password}`).toString('base64')}`;
  }
  const asItIs = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  if (!asItIs) {
    headers['Content-Type'] ??= 'application/json';
  }
  const payload = asItIs ? body : JSON.stringify(body);
  if (payload !== undefined) {
    headers['Content-Length'] = String(Buffer.byteLength(payload));
  }
  const { hostname, port, pathname } = new URL(server.url);
  const target = absolute ? path : `${pathname}ari${path}`;
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path: target, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => resolve(toAnswer(response.statusCode ?? 0, response.headers, text)));
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

function toAnswer(status: number, headers: IncomingHttpHeaders, text: string): RawAnswer {
  const json =
    headers['content-type'] === 'application/json' && text !== '' ? (JSON.parse(text) as unknown) : undefined;
  const { message, error } = (json ?? {}) as { message?: string; error?: string };
  return { status, headers, text, json, message: message ?? error ?? '' };
}
