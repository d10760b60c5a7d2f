import type { DocumentedOperation, DocumentedParameter } from '../docs/documents.js';
import { AriFailure } from '../http/failure.js';
import { ownValue } from './own-value.js';
import { Params, type ParamValue } from './params.js';
import { splitList } from './split-list.js';
import { toBoolean, toInteger, toLong } from './values.js';

/** What a request carries besides its method. */
export interface RequestInput {
  readonly path: ReadonlyMap<string, string>;
  /** Form fields, then the query: of several with one name the last wins. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly body: unknown;
}

/** A list may hold fewer items than this. */
const MAX_LIST_ITEMS = 128;

/** Reads an operation's parameters: form, then query, then path, and a JSON body over the first two. */
export function bindParams(operation: DocumentedOperation, input: RequestInput): Params {
  const values = new Map<string, ParamValue>();
  const body = isObject(input.body) ? input.body : {};
  for (const parameter of operation.parameters ?? []) {
    if (parameter.paramType === 'body') continue;
    const value = parameter.paramType === 'path' ? input.path.get(parameter.name) : fromQuery(parameter, input.pairs);
    const inBody = parameter.paramType === 'path' ? undefined : ownValue(body, parameter.name);
    // What the body says counts, even if it is nothing that could be understood.
    const chosen = inBody === undefined ? value : fromBody(parameter, inBody);
    if (chosen !== undefined) values.set(parameter.name, checked(parameter, chosen));
  }
  return new Params(values);
}

function fromQuery(parameter: DocumentedParameter, pairs: RequestInput['pairs']): ParamValue | undefined {
  const text = pairs.findLast(([name]) => name === parameter.name)?.[1];
  if (text === undefined) return undefined;
  if (parameter.allowMultiple === true) return splitList(text);
  if (parameter.dataType === 'boolean') return toBoolean(text);
  if (parameter.dataType === 'long') return Number(toLong(text));
  return parameter.dataType === 'int' ? toInteger(text) : text;
}

/** A body is not converted: what is of another JSON type than the documented one counts as absent, zero or false. */
function fromBody(parameter: DocumentedParameter, value: unknown): ParamValue | undefined {
  if (parameter.allowMultiple === true) {
    return Array.isArray(value) ? value.map(textOrNull) : [textOrNull(value)];
  }
  if (parameter.dataType === 'boolean') return value === true;
  if (isNumeric(parameter)) return numberOf(value, parameter.dataType);
  return typeof value === 'string' ? value : undefined;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Only whole numbers count. */
function numberOf(value: unknown, type: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) >= 2 ** 63) return 0;
  return type === 'int' ? Number(BigInt.asIntN(32, BigInt(value))) : value;
}

function isNumeric(parameter: DocumentedParameter): boolean {
  return parameter.dataType === 'int' || parameter.dataType === 'long';
}

function checked(parameter: DocumentedParameter, value: ParamValue): ParamValue {
  if (Array.isArray(value) && value.length >= MAX_LIST_ITEMS) {
    throw new AriFailure(400, `Too many values for ${snakeCase(parameter.name)}`);
  }
  return value;
}

/** The name that a parameter has within Asterisk. */
function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
