import type { Operation, Parameter } from '../contract/operation.js';
import { ObjectHandle, eventSourceOf, idOf } from '../contract/object-handle.js';
import { describe } from '../support/describe.js';
import { faultIn } from './json-fault.js';
import { unplayable } from './media-uri.js';
import { textOrNumber } from './number-text.js';
import { refuse, unknown } from './refuse.js';
import { shaped } from './shape.js';
import { breach } from './text-rules.js';
import { toText } from './texts.js';

/** A checked parameter: a scalar, a list of scalars, or an object for the body. */
export type ParameterValue = string | number | boolean | object;

/**
 * Checks one argument against its parameter and puts ids in the place of domain objects. Asterisk ignores or misreads
 * most wrong values (a number where it wants a string counts as absent), so they must not get through.
 */
export function checkParameter(operation: Operation, name: string, value: unknown): ParameterValue {
  const parameter = Object.hasOwn(operation.params, name) ? operation.params[name] : undefined;
  if (parameter === undefined) {
    throw unknown(operation, name);
  }
  if (parameter.list && parameter.type !== 'object') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (items.length === 0) {
      throw refuse(operation, name, 'must have an item');
    }
    // Not map(), which passes over holes.
    return Array.from(items, (item) => checkScalar(operation, name, parameter, item));
  }
  return parameter.type === 'object'
    ? checkBody(operation, name, parameter, value)
    : checkScalar(operation, name, parameter, value);
}

function checkScalar(operation: Operation, name: string, parameter: Parameter, given: unknown): ParameterValue {
  const value = toText(operation, name, parameter, resolveObject(parameter, given));
  if (!hasType(parameter.type, value)) {
    throw refuse(operation, ...wrongType(name, parameter, value));
  }
  if (parameter.values !== undefined && !parameter.values.includes(value as string)) {
    throw refuse(operation, name, `must be one of ${parameter.values.join(', ')}, not ${describe(value)}`);
  }
  checkContent(operation, name, value);
  if (typeof value === 'string') {
    checkText(operation, name, parameter, value);
  } else if (typeof value === 'number') {
    const [min, max] = [parameter.min ?? lowest[parameter.type], parameter.max ?? highest[parameter.type]];
    checkRange(operation, name, { min, max }, value);
  }
  return value;
}

/** Where the type of a value is wrong, and what is allowed there. */
function wrongType(
  name: string,
  { type, alsoNumber, max, args }: Parameter,
  value: unknown,
): [place: string, why: string] {
  if (args !== undefined && Array.isArray(value)) {
    const index = [...(value as unknown[])].findIndex((item) => typeof item !== 'string');
    return [`${name}[${index}]`, `must be a string, not ${describe(value[index])}`];
  }
  const others = args === undefined ? '' : ' or a list of strings';
  const number = max === undefined ? textOrNumber : 'a whole number, as a number or a string';
  const wanted = alsoNumber ? number : `${typeNames[type]}${others}`;
  return [name, `must be ${wanted}, not ${describe(value)}`];
}

function checkBody(operation: Operation, name: string, parameter: Parameter, value: unknown): ParameterValue {
  const { list, shape, wholeBody } = parameter;
  // Of a body that documents of somebody else describe, nothing is known but that it is JSON.
  const isOther = Array.isArray(value) !== (list ?? false) && !(wholeBody && shape === undefined);
  if (typeof value !== 'object' || value === null || isOther) {
    throw refuse(operation, name, `must be ${list ? 'a list' : 'an object'}, not ${describe(value)}`);
  }
  checkContent(operation, name, value);
  const refuseAt = (path: string, why: string) => refuse(operation, `${name}${path}`, why);
  return shape === undefined ? value : (shaped(list ? [shape] : shape, value, refuseAt) as object);
}

/** Asterisk reads whole numbers into 32 bits, and takes of larger ones what fits. */
const highest: Partial<Record<Parameter['type'], number>> = { int: 2 ** 31 - 1 };
const lowest: Partial<Record<Parameter['type'], number>> = { int: -(2 ** 31) };

function checkContent(operation: Operation, name: string, value: ParameterValue): void {
  const fault = faultIn(value);
  if (fault !== undefined) {
    throw refuse(operation, `${name}${fault.path}`, fault.why);
  }
}

function checkText(operation: Operation, name: string, parameter: Parameter, text: string): void {
  const { schemes, rule, alsoNumber, min, max } = parameter;
  const why = (schemes && unplayable(schemes, text)) ?? (rule && breach(rule, text));
  if (why !== undefined) {
    throw refuse(operation, name, `${why}, not ${describe(text)}`);
  }
  if (alsoNumber && max !== undefined) {
    checkRange(operation, name, { min, max }, /^\d+$/.test(text) ? Number(text) : text);
  }
}

function checkRange(operation: Operation, name: string, { min, max }: Range, value: number | string): void {
  if (typeof value === 'string' || (min !== undefined && value < min) || (max !== undefined && value > max)) {
    throw refuse(operation, name, `must be ${range(min, max)}, not ${describe(value)}`);
  }
}

function resolveObject(parameter: Parameter, value: unknown): unknown {
  if (parameter.accepts === undefined || !(value instanceof ObjectHandle)) {
    return value;
  }
  return parameter.accepts === 'source' ? eventSourceOf(value) : idOf(value);
}

const typeNames = {
  string: 'a string',
  int: 'a whole number',
  double: 'a number',
  boolean: 'true or false',
  object: 'an object',
} as const;

function hasType(type: Parameter['type'], value: unknown): value is ParameterValue {
  switch (type) {
    case 'int':
      return Number.isInteger(value);
    case 'double':
      return Number.isFinite(value);
    case 'object':
      return typeof value === 'object' && value !== null;
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
}

interface Range {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

function range(min: number | undefined, max: number | undefined): string {
  if (min === undefined) {
    return `at most ${max}`;
  }
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}
