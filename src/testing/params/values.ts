/** A C library's reading of a number of 32 bits: what digits there are in front, else 0; what is beyond them wraps. */
export function toInteger(text: string): number {
  return Number(BigInt.asIntN(32, toLong(text)));
}

/** The same of 64 bits: what is beyond them counts as the greatest or least there is. */
export function toLong(text: string): bigint {
  const number = BigInt(/^\s*\+?(-?\d+)/.exec(text)?.[1] ?? 0);
  if (number > MAX_LONG) return MAX_LONG;
  return number < MIN_LONG ? MIN_LONG : number;
}

const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

/** Whether a text means yes. */
export function toBoolean(text: string): boolean {
  return /^(yes|true|y|t|1|on)$/i.test(text);
}

/** A text without the blanks around it, as Asterisk knows blanks: everything up to the space. */
export function strip(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is meant
  return text.replaceAll(/^[\u0001- ]+|[\u0001- ]+$/g, '');
}
