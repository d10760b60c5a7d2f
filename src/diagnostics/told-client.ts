import type { ToldClient } from './channels.js';
import type { Redact } from './redact.js';

let made = 0;

/** A client as messages name it: the first of the process is `ari-1`. */
export function newToldClient(redact: Redact): ToldClient {
  made += 1;
  return { name: `ari-${made}`, redact };
}
