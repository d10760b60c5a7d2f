import { AriConnectionError } from '../errors/connection-error.js';
import { cleanError } from '../support/clean-error.js';
import { refuseOption } from '../support/check-option.js';
import type { Headers } from './http-exchange.js';

/** Headers by their names, or what makes them. */
export type ExtraHeaders =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Who keeps what headers carry out of everything that is shown. */
export interface Secrecy {
  /** Hides these values from now on. */
  readonly keep: (values: readonly string[]) => void;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

/** Makes the headers of one request or connection. */
export type MakeHeaders = () => Headers | Promise<Headers>;

/** What says how a message is framed, where it goes, or how the connection goes on: our business alone. */
const ours =
  /^(host|connection|keep-alive|upgrade|expect|te|trailer|transfer-encoding|content-.*|accept-encoding|proxy-.*|sec-websocket-.*|http2-settings)$/;

/** A name as HTTP has it. */
const wellNamed = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** What may stand in a header: no line end, which would begin another one. */
const wellFormed = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/**
 * What makes the headers that the application wants besides ours.
 * @throws {AriValidationError} naming the header and what is allowed, never its value
 */
export function extraHeaders(extra: unknown, secrecy: Secrecy): MakeHeaders | undefined {
  if (extra === undefined) {
    return undefined;
  }
  if (typeof extra !== 'function') {
    const headers = check(extra, secrecy);
    return () => headers;
  }
  return async () => check(await call(extra as () => unknown, secrecy), secrecy);
}

async function call(make: () => unknown, { redact }: Secrecy): Promise<unknown> {
  try {
    return await make();
  } catch (error) {
    const cause = error instanceof Error ? cleanError(error, redact) : undefined;
    const why = cause === undefined ? '' : `: ${cause.message}`;
    throw new AriConnectionError(`the function of the option 'headers' failed${why}`, 'notSent', { cause });
  }
}

function check(values: unknown, { keep }: Secrecy): Headers {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw refuseOption('headers', 'must be an object of names and values, or a function that makes one');
  }
  const headers = new Map<string, string>();
  for (const [given, value] of Object.entries(values as Record<string, unknown>)) {
    const name = given.toLowerCase();
    if (!wellNamed.test(name)) {
      throw refuseOption('headers', 'has a name that HTTP has not');
    }
    const why = headers.has(name) ? 'is there twice' : refusalOf(name, value);
    if (why !== undefined) {
      throw refuseOption(`headers.${given.slice(0, 50)}`, why);
    }
    headers.set(name, value as string);
  }
  keep([...headers.values()]);
  return Object.fromEntries(headers);
}

function refusalOf(name: string, value: unknown): string | undefined {
  if (ours.test(name)) {
    return 'is set by the client itself';
  }
  return typeof value === 'string' && wellFormed.test(value)
    ? undefined
    : 'must be a string of one line, without other characters than those of Latin-1';
}
