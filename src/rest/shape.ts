import type { Shape } from '../contract/operation.js';
import { mustBe } from '../support/describe.js';
import { numberText, textOrNumber } from './number-text.js';

/** Makes the error for what is wrong there: `.a[2]`. */
export type RefuseAt = (path: string, why: string) => Error;

/** A variable with what else can be said of it. */
const variable: Shape = { value: 'text', 'report_events?': 'any' };

/** The value as Asterisk reads it, numbers written out where it wants texts; some other values would end it. */
export function shaped(shape: Shape, value: unknown, refuseAt: RefuseAt, path = ''): unknown {
  if (shape === 'any') {
    return value;
  }
  if (shape === 'text') {
    return text(value, refuseAt, path);
  }
  if (shape === 'variable') {
    return shaped(isObject(value) ? variable : 'text', value, refuseAt, path);
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) {
      throw refuseAt(path, mustBe('a list', value));
    }
    return Array.from<unknown, unknown>(value, (item, index) => shaped(shape[0], item, refuseAt, `${path}[${index}]`));
  }
  if (!isObject(value)) {
    throw refuseAt(path, mustBe('an object', value));
  }
  return fields(shape, value, refuseAt, path);
}

function fields(
  shape: Exclude<Shape, string | readonly [Shape]>,
  value: object,
  refuseAt: RefuseAt,
  path: string,
): object {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  const missing = Object.keys(shape).find((name) => !/[?*]$/.test(name) && !entries.some(([given]) => given === name));
  if (missing !== undefined) {
    throw refuseAt(`${path}.${missing}`, 'is required');
  }
  return Object.fromEntries(
    entries.map(([name, field]) => {
      const of = own(shape, name) ?? own(shape, `${name}?`) ?? shape['*'];
      if (of === undefined) {
        const known = Object.keys(shape).map((each) => each.replace(/\?$/, ''));
        throw refuseAt(`${path}.${name}`, `does not exist; allowed are ${known.join(', ')}`);
      }
      if (name.trim() === '') {
        throw refuseAt(path, 'must not have a name that is empty');
      }
      return [name, shaped(of, field, refuseAt, `${path}.${name}`)];
    }),
  );
}

function text(value: unknown, refuseAt: RefuseAt, path: string): string {
  const written = typeof value === 'string' ? value : numberText(value);
  if (written === undefined) {
    throw refuseAt(path, mustBe(textOrNumber, value));
  }
  return written;
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
