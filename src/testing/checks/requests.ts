import { z } from 'zod';
import { mustBe } from '../../support/describe.js';
import { fields, kind, text, whole } from './kinds.js';

/** Which requests are meant. */
export const requestMatch = fields({
  method: text.optional(),
  path: kind('a string that begins with a slash, or a RegExp', isPath).optional(),
});

/** A call that a test makes. */
export const callRequest = fields({
  to: text,
  from: text.optional(),
  endpoint: text.optional(),
  context: text.optional(),
});

/** An event of a test's own making. */
export const eventBody = z.looseObject(
  { type: text },
  { error: ({ input }) => mustBe('an object with a type', input) },
);

/** How the polite close a WebSocket. */
export const closeCode = z.union([whole(1000, 1003), whole(1007, 1014), whole(3000, 4999)], {
  error: ({ input }) => mustBe('a close code: 1000 to 1003, 1007 to 1014, or 3000 to 4999', input),
});

/** An asterisk may stand for the first segment, or all. */
function isPath(value: unknown): boolean {
  return value instanceof RegExp || (typeof value === 'string' && /^[*/]/.test(value));
}
