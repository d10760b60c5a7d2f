import type { Operation, Parameter } from '../contract/operation.js';
import { ObjectHandle, eventSourceOf, idOf } from '../contract/object-handle.js';
import { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';

/** A checked parameter: a scalar, a list of scalars, or an object for the body. */
export type ParameterValue = string | number | boolean | object;

/**
 * Checks one argument against its parameter and puts ids in the place of domain objects. Asterisk ignores or misreads
 * most wrong values (a number where it wants a string counts as absent), so they must not get through.
 */
export function checkParameter(operation: Operation, name: string, value: unknown): ParameterValue {
  const parameter = operation.params[name];
  if (parameter === undefined) {
    throw refuse(operation, name, `does not exist; allowed are ${Object.keys(operation.params).join(', ') || 'none'}`);
  }
  if (parameter.list && parameter.type !== 'object') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.map((item) => checkScalar(operation, name, parameter, item));
  }
  return checkScalar(operation, name, parameter, value);
}

/** Refuses a call that leaves out what Asterisk needs; some omissions would crash it. */
export function missing(operation: Operation, name: string): AriValidationError {
  return refuse(operation, name, 'is required');
}

export function refuse(operation: Operation, name: string, why: string): AriValidationError {
  return new AriValidationError(`${operation.name}: parameter '${name}' ${why}`, name);
}

function checkScalar(operation: Operation, name: string, parameter: Parameter, given: unknown): ParameterValue {
  const value = resolveObject(parameter, given);
  if (!hasType(parameter.type, value)) {
    throw refuse(operation, name, `must be ${typeNames[parameter.type]}, not ${describe(value)}`);
  }
  if (parameter.values !== undefined && !parameter.values.includes(value as string)) {
    throw refuse(operation, name, `must be one of ${parameter.values.join(', ')}, not ${describe(value)}`);
  }
  const { min, max } = parameter;
  if ((min !== undefined && (value as number) < min) || (max !== undefined && (value as number) > max)) {
    throw refuse(operation, name, `must be ${range(min, max)}, not ${describe(value)}`);
  }
  return value;
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

function range(min: number | undefined, max: number | undefined): string {
  if (min === undefined) {
    return `at most ${max}`;
  }
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}
