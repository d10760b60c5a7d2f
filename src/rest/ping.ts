import type { Operation } from '../contract/operation.js';
import type { AriRequest } from './request.js';

const operation: Operation = {
  name: 'asterisk.ping',
  method: 'GET',
  path: '/asterisk/ping',
  params: {},
  returns: { kind: 'data', shape: 'object' },
};

/** Asks whether ARI answers, and nothing else. */
export const ping: AriRequest = { operation, path: operation.path, query: '', body: undefined };
