/**
 * A number written out, for where Asterisk wants a text; undefined for what is none, and for whole numbers so large that
 * JavaScript does not tell them from their neighbours.
 */
export function numberText(value: unknown): string | undefined {
  const isExact = Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
  return isExact ? String(value) : undefined;
}

/** What is allowed where such numbers are taken. */
export const textOrNumber = 'a string, or a number below 2 ** 53';
