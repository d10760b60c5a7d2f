/** A C library's reading of a number: what digits there are in front, else 0. */
export function toInteger(text: string): number {
  const match = /^\s*([+-]?\d+)/.exec(text);
  return match ? Number(match[1]) : 0;
}

/** Whether a text means yes. */
export function toBoolean(text: string): boolean {
  return /^(yes|true|y|t|1|on)$/i.test(text);
}
