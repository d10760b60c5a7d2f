/** What changed between two releases: data for people and for scripts. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiModel, Operation, Parameter, Property } from '../model/types.js';
import { typeText } from './type-text.js';
import type { ApiDiff, Difference } from './types.js';

/** A thing with a name, and all that may differ about it. */
type Thing = readonly [name: string, facts: Readonly<Record<string, unknown>>];

/** Compares the interfaces of two releases. Descriptions and `since` are no part of an interface. */
export function diffModels(from: ApiModel, to: ApiModel): ApiDiff {
  const of = (kind: Difference['kind'], things: (model: ApiModel) => readonly Thing[]) =>
    compareThings(kind, things(from), things(to));
  const all = [
    ...of('operation', operationsOf),
    ...of('parameter', parametersOf),
    ...of('event', (model) => model.events.map(({ name }): Thing => [name, {}])),
    ...of('model', (model) => model.models.map(({ name }): Thing => [name, {}])),
    ...of('property', propertiesOf),
  ];
  return { from: from.release, to: to.release, differences: withoutParts(all) };
}

function operationsOf({ resources }: ApiModel): readonly Thing[] {
  return resources
    .flatMap(({ operations }) => operations)
    .map((operation) => [operation.id, operationFacts(operation)]);
}

function operationFacts(operation: Operation): Thing[1] {
  return {
    method: operation.httpMethod,
    path: operation.path,
    response: typeText(operation.response),
    errors: operation.errors.map(({ code }) => code),
    modules: operation.requiresModules,
  };
}

function parametersOf({ resources }: ApiModel): readonly Thing[] {
  return resources
    .flatMap(({ operations }) => operations)
    .flatMap(({ id, parameters }) => parameters.map((one): Thing => [`${id}(${one.name})`, parameterFacts(one)]));
}

function parameterFacts(parameter: Parameter): Thing[1] {
  return {
    // whether in the path or the query is told by the path of the operation
    in: parameter.in === 'body' ? 'body' : 'request',
    type: typeText(parameter.type),
    required: parameter.required,
    list: parameter.list,
    default: parameter.defaultValue,
    allowed: parameter.allowed?.kind === 'list' ? parameter.allowed.values : parameter.allowed,
  };
}

function propertiesOf({ models, events }: ApiModel): readonly Thing[] {
  return [...models, ...events].flatMap(({ name, properties }) =>
    properties.map((property): Thing => [`${name}.${property.name}`, propertyFacts(property)]),
  );
}

function propertyFacts(property: Property): Thing[1] {
  return {
    type: typeText(property.type),
    optional: property.optional,
    nullable: property.nullable,
    values: property.values,
  };
}

function compareThings(kind: Difference['kind'], from: readonly Thing[], to: readonly Thing[]): Difference[] {
  const before = new Map(from);
  const after = new Map(to);
  return [
    ...from.filter(([name]) => !after.has(name)).map(([name]): Difference => ({ kind, change: 'removed', name })),
    ...to.filter(([name]) => !before.has(name)).map(([name]): Difference => ({ kind, change: 'added', name })),
    ...to.flatMap(([name, now]): Difference[] => {
      const was = before.get(name);
      const details = was ? Object.keys(now).filter((what) => !isDeepStrictEqual(was[what], now[what])) : [];
      if (!was || details.length === 0) return [];
      return [
        { kind, change: 'changed', name, details: details.map((what) => ({ what, from: was[what], to: now[what] })) },
      ];
    }),
  ];
}

/** Parameters and properties of what is itself added or removed go without saying. */
function withoutParts(all: readonly Difference[]): readonly Difference[] {
  const wholes = new Set(all.filter(({ change }) => change !== 'changed').map(({ name }) => name));
  return all.filter(({ kind, change, name }) => {
    if (change === 'changed' || (kind !== 'parameter' && kind !== 'property')) return true;
    const whole = kind === 'parameter' ? name.slice(0, name.indexOf('(')) : name.slice(0, name.indexOf('.'));
    return !wholes.has(whole);
  });
}
