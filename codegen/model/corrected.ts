import { isDeepStrictEqual } from 'node:util';
import { pathParameters } from '../parse/path.js';
import type {
  Correction,
  ModelAddition,
  ModelChange,
  OperationChange,
  ParameterChange,
  PropertyChange,
  ValuesChange,
} from './correction-types.js';
import type { Conflict, Form, Model, Operation, Parameter, Property, TypeRef } from './types.js';

/** One thing with one row of the table applied to it. */
export function correctedProperty(property: Property, { change, reason }: Correction<PropertyChange>): Property {
  const { values, remark, ...rest } = change;
  if (remark) return remarked(property, reason);
  return marked(property, reason, {
    ...property,
    ...rest,
    ...(values === undefined || !isSimple(rest.type ?? property.type)
      ? {}
      : { values: correctedValues(property.values, values) }),
  });
}

export function correctedModel(model: Model, { change, reason }: Correction<ModelChange>): Model {
  const known = new Set(model.properties.map(({ name }) => name));
  const asAdded = (property: ModelChange['add'][number]) => ({ ...property, nullable: false, correction: reason });
  const added = change.add.filter(({ name }) => !known.has(name)).map(asAdded);
  return { ...model, properties: [...model.properties, ...added] };
}

export function correctedParameter(parameter: Parameter, { change, reason }: Correction<ParameterChange>): Parameter {
  const { values, noDefault, range, ...rest } = change;
  const { defaultValue, ...bare } = parameter;
  const known = parameter.allowed?.kind === 'list' ? parameter.allowed.values : undefined;
  return marked(parameter, reason, {
    ...bare,
    ...(defaultValue === undefined || noDefault ? {} : { defaultValue }),
    ...rest,
    ...(values === undefined || !isSimple(rest.type ?? parameter.type)
      ? {}
      : { allowed: { kind: 'list', values: correctedValues(known, values) } }),
    ...(range === undefined ? {} : { allowed: { kind: 'range', ...range, ...documentedRange(parameter) } }),
  });
}

export function correctedOperation(operation: Operation, { change, reason }: Correction<OperationChange>): Operation {
  const { errors = [], conflict, forms, sendPath, ...rest } = change;
  const known = new Set(operation.errors.map(({ code }) => code));
  const added = errors.filter((code) => !known.has(code)).map((code) => ({ code }));
  return marked(operation, reason, {
    ...operation,
    ...rest,
    ...(conflict === undefined ? {} : { conflicts: withConflict(operation.conflicts, conflict) }),
    ...(sendPath !== undefined && isFilled(sendPath, operation) ? { sendPath } : {}),
    ...(forms === undefined ? {} : { forms: forms.map((form) => knownForm(operation, form)) }),
    errors: [...operation.errors, ...added].toSorted((a, b) => a.code - b.code),
  });
}

function withConflict(known: readonly Conflict[] = [], conflict: Conflict): readonly Conflict[] {
  return known.some((each) => isDeepStrictEqual(each, conflict)) ? known : [...known, conflict];
}

/** Whether an operation has all that another path wants. */
function isFilled(path: string, { parameters }: Operation): boolean {
  return pathParameters(path).every((name) => parameters.some((each) => each.name === name && each.in === 'path'));
}

/** A form without the parameters that came later. */
function knownForm({ parameters }: Operation, { values, needs, without, ...rest }: Form): Form {
  const isKnown = (name: string) => parameters.some((parameter) => parameter.name === name);
  const entries = Object.entries(values ?? {}).filter(([name]) => isKnown(name));
  return {
    ...rest,
    ...(values === undefined ? {} : { values: Object.fromEntries(entries) }),
    ...(needs === undefined ? {} : { needs: needs.filter(isKnown) }),
    ...(without === undefined ? {} : { without: without.filter(isKnown) }),
  };
}

/** A model that no document has. */
export function addedModel({ name, description, properties, reason }: ModelAddition): Model {
  return {
    name,
    description,
    properties: properties.map((property) => ({ ...property, nullable: false })),
    holdsObjects: false,
    correction: reason,
  };
}

function documentedRange({ allowed }: Parameter): { readonly min?: number; readonly max?: number } {
  return allowed?.kind === 'range' ? allowed : {};
}

/** Only simple types and lists of them have values: documents of somebody else may mean another thing by a name. */
function isSimple(type: TypeRef): boolean {
  return (type.kind === 'list' ? type.of : type).kind === 'primitive';
}

function correctedValues(known: readonly string[] = [], { add, drop = [] }: ValuesChange): readonly string[] {
  return [...new Set([...known.filter((value) => !drop.includes(value)), ...add])];
}

/** The thing as it is, with something to know about it. */
function remarked<T extends { readonly correction?: string }>(thing: T, remark: string): T {
  const { correction = '' } = thing;
  return correction.includes(remark) ? thing : { ...thing, correction: `${correction} ${remark}`.trim() };
}

/** The corrected thing with the reason, unless the documents had it right. */
function marked<T extends { readonly correction?: string }>(before: T, reason: string, after: T): T {
  if (isDeepStrictEqual(before, after)) return before;
  return { ...after, correction: before.correction === undefined ? reason : `${before.correction} ${reason}` };
}
