import { isPlain } from './is-plain.js';

/** A value in few words: `"Up"`, `5`, `null`, `a list`, `an empty list`. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? describeList(value) : describeObject(value);
    default:
      return String(value);
  }
}

/** Of which class it is, which tells a promise or a date from what should have been given. */
function describeObject(value: object): string {
  const { name } = isPlain(value) ? Object : value.constructor;
  return name === 'Object' || name === '' ? 'an object' : `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

function describeList({ length }: readonly unknown[]): string {
  return length === 0 ? 'an empty list' : 'a list';
}

/** Says that a value is missing, or that it should be something else. */
export function mustBe(what: string, value: unknown): string {
  return value === undefined ? `is missing; must be ${what}` : `must be ${what}, not ${describe(value)}`;
}
