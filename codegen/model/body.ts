import type { ParameterDocument } from '../parse/types.js';
import type { TypeRef } from './types.js';

/** What the documents leave open about a body: they only say `object` or `containers`. */
export interface BodyType {
  readonly type: TypeRef;
  readonly wholeBody?: true;
}

/** Tells what a release takes as values of variables. */
export interface BodyRules {
  /** A variable's value may be an object that asks for its events (20.20, 22.10, 23.4 and later). */
  readonly variableObjects: boolean;
  readonly models: ReadonlySet<string>;
}

/** The type of a body parameter, by what Asterisk reads it as. */
export function bodyType(operation: string, { name }: ParameterDocument, rules: BodyRules): BodyType {
  if (name === 'fields' && rules.models.has('ConfigTuple')) {
    return { type: { kind: 'list', of: { kind: 'model', name: 'ConfigTuple' } } };
  }
  // the only body that is not an object with the parameter's name in it
  if (operation === 'applications.filter') return { type: { kind: 'map', of: 'unknown' }, wholeBody: true };
  if (name === 'variables') return { type: { kind: 'map', of: variableValue(operation, rules) } };
  return { type: { kind: 'map', of: 'unknown' } };
}

function variableValue(operation: string, { variableObjects }: BodyRules): 'string' | 'variable' | 'unknown' {
  // a user event carries any JSON
  if (operation === 'events.userEvent') return 'unknown';
  return variableObjects && /^(channels|bridges)\./.test(operation) ? 'variable' : 'string';
}
