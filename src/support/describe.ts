/** A value in few words: `"Up"`, `5`, `null`, `a list`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (value === null || typeof value !== 'object') {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : 'an object';
}

/** Says that a value is missing, or that it should be something else. */
export function mustBe(what: string, value: unknown): string {
  return value === undefined ? `is missing; must be ${what}` : `must be ${what}, not ${describe(value)}`;
}
