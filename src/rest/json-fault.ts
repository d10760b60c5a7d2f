import { isPlain } from '../support/is-plain.js';

/** What of a value cannot be sent, and where in it: `.a[2]`. */
export interface JsonFault {
  readonly path: string;
  readonly why: string;
}

/** Asterisk's parser refuses what is nested deeper. */
const deepest = 1_000;

/**
 * The first thing in a value that JSON cannot carry, or that Asterisk would cut or misread: `JSON.stringify` throws at
 * some of it, leaves out other things, and writes half characters as they are.
 */
export function faultIn(value: unknown, path = '', around: readonly object[] = []): JsonFault | undefined {
  switch (typeof value) {
    case 'string':
      return textFault(value, path);
    case 'number':
      return Number.isFinite(value) ? undefined : { path, why: `must be a number that is finite, not ${value}` };
    case 'boolean':
      return undefined;
    case 'object':
      return value === null ? undefined : nestedFault(value, path, around);
    default:
      return { path, why: `must be what JSON can carry, not ${article(typeof value)}` };
  }
}

function textFault(text: string, path: string): JsonFault | undefined {
  if (text.includes('\0')) {
    return { path, why: 'must not hold a NUL character: Asterisk would cut the text there' };
  }
  return !/\p{Cs}/u.test(text) ? undefined : { path, why: 'must be well-formed Unicode' };
}

function nestedFault(value: object, path: string, around: readonly object[]): JsonFault | undefined {
  if (around.includes(value)) {
    return { path, why: 'must not hold itself' };
  }
  if (around.length >= deepest) {
    return { path: '', why: `must not be nested deeper than ${deepest} levels` };
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return undefined;
  }
  if (!isPlain(value)) {
    return { path, why: 'must be a plain object or a list: of others JSON carries nothing, or something else' };
  }
  const within = [...around, value];
  if (Array.isArray(value)) {
    return first(
      Array.from(value, (item: unknown, index) => [`${path}[${index}]`, item] as const),
      within,
    );
  }
  // What is undefined is left out, as everywhere.
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const misnamed = fields.map(([name]) => textFault(name, `${path}[${JSON.stringify(name)}]`));
  const fault = misnamed.find((each) => each !== undefined);
  if (fault !== undefined) {
    return fault;
  }
  return first(
    fields.map(([name, field]) => [`${path}.${name}`, field] as const),
    within,
  );
}

function first(
  fields: readonly (readonly [path: string, value: unknown])[],
  around: readonly object[],
): JsonFault | undefined {
  for (const [path, value] of fields) {
    const fault = faultIn(value, path, around);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

function article(type: string): string {
  return type === 'undefined' ? 'nothing' : `a ${type}`;
}
