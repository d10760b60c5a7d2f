import { parseTypeRef } from '../parse/type-ref.js';
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

/**
 * The type of a body parameter, by what Asterisk reads it as. It takes the containers `variables` and `fields` out of the
 * body, by these names; any other parameter is the body itself (`filter`).
 */
export function bodyType(operation: string, { name, dataType }: ParameterDocument, rules: BodyRules): BodyType {
  if (name === 'variables') return { type: { kind: 'map', of: variableValue(operation, rules) } };
  if (name === 'fields') return { type: fields(rules) };
  return { type: parseTypeRef(dataType, rules.models), wholeBody: true };
}

function fields({ models }: BodyRules): TypeRef {
  return models.has('ConfigTuple')
    ? { kind: 'list', of: { kind: 'model', name: 'ConfigTuple' } }
    : { kind: 'map', of: 'unknown' };
}

function variableValue(operation: string, { variableObjects }: BodyRules): 'string' | 'variable' | 'unknown' {
  // a user event carries any JSON
  if (operation === 'events.userEvent') return 'unknown';
  return variableObjects && /^(channels|bridges)\./.test(operation) ? 'variable' : 'string';
}
