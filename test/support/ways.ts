import type { ConnectOptions } from 'asterisk-ari';
import nodeFetch from 'node-fetch';

/** How requests can travel over HTTP: by `node:http` and node-fetch, as they do by default, or by a fetch for all. */
export const ways: readonly (readonly [name: string, options: ConnectOptions])[] = [
  ['node:http', {}],
  ['node-fetch', { fetch: nodeFetch }],
  ['the built-in fetch', { fetch: globalThis.fetch }],
];
