import { randomUUID } from 'node:crypto';

/** A fresh id, fit for channels, bridges, playbacks, recordings and snoops alike (at most 149 characters are allowed). */
export function uniqueId(): string {
  return randomUUID();
}
