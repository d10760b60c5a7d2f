import type { AriRequest } from './request.js';

/** Path of the object that a request is about, such as `/channels/1700000000.1`; undefined if it is about none. */
export function objectOf({ operation, path }: AriRequest): string | undefined {
  const names = operation.path.split('/');
  let end = names.findIndex((name) => name.startsWith('{'));
  if (end === -1) {
    return undefined;
  }
  while (names[end]?.startsWith('{')) {
    end += 1;
  }
  return path.split('/', end).join('/');
}
