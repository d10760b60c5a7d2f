import type { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** What is used of a WHATWG `fetch`; the one of Node, undici's and node-fetch fit. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
}

export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: Readable | NodeJS.ReadableStream | ReadableStream | null;
}
