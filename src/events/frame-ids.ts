import { colon, nowhere, quote, skipSpace, skipString } from './frame-head.js';

/**
 * Whether one of these ids may stand in the frame as the value of such a member, at whatever depth. An id that Asterisk
 * writes with escapes is taken to be one of them; that only costs a parse.
 * @param key the member's name in its quotes
 */
export function mayHoldId(frame: Buffer, key: Buffer, ids: { has(id: string): boolean }): boolean {
  for (let at = frame.indexOf(key); at !== nowhere; at = frame.indexOf(key, at + key.length)) {
    const mark = skipSpace(frame, at + key.length);
    const start = frame[mark] === colon ? skipSpace(frame, mark + 1) : nowhere;
    const end = frame[start] === quote ? skipString(frame, start) : nowhere;
    if (end !== nowhere) {
      const id = frame.toString('utf8', start + 1, end - 1);
      if (id.includes('\\') || ids.has(id)) {
        return true;
      }
    }
  }
  return false;
}
