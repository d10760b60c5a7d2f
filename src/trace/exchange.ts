import type { AnswerEntry, RequestEntry } from './entries.js';

/** By what a request and its answer are known to belong together, in a trace of several clients. */
export function exchangeOf(entry: RequestEntry | AnswerEntry): string {
  return `${entry.kind === 'request' ? entry.id : entry.request} ${entry.client}`;
}
