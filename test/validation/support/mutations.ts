import type { ApiModel, EventModel, Property, TypeRef } from '../../../codegen/model/types.js';

/** A way to make a valid event invalid, and where that must be found. */
export interface Mutation {
  /** `channel.dialplan.priority`; items of a list as `args[0]`. */
  readonly path: string;
  readonly what: string;
  /** Spoils the event in place; false if the event has nothing there. */
  apply(event: Record<string, unknown>): boolean;
}

type Step = string | number;

/** Every single mutation of an event: each field of it at any depth, left out, null, or of another type. */
export function mutationsOf(event: EventModel, model: ApiModel): readonly Mutation[] {
  const models = new Map(model.models.map(({ name, properties }) => [name, properties]));
  return event.properties
    .filter(({ name }) => name !== 'type')
    .flatMap((property) => ofProperty([property.name], property, models, []));
}

type Models = ReadonlyMap<string, readonly Property[]>;

function ofProperty(path: readonly Step[], property: Property, models: Models, seen: readonly string[]): Mutation[] {
  const { optional, nullable, alsoNumber, type } = property;
  return [
    ...(optional ? [] : [at(path, 'left out', (parent, key) => delete parent[key])]),
    ...(nullable ? [] : [at(path, 'null', (parent, key) => (parent[key] = null))]),
    ...ofType(path, type, models, seen, alsoNumber === true),
  ];
}

function ofType(
  path: readonly Step[],
  type: TypeRef,
  models: Models,
  seen: readonly string[],
  orNumber: boolean,
): Mutation[] {
  const wrong = wrongValues(type).filter((value) => !(orNumber && typeof value === 'number'));
  const own = wrong.map((value) => at(path, `as ${JSON.stringify(value)}`, (parent, key) => (parent[key] = value)));
  if (type.kind === 'list') {
    return [...own, ...ofType([...path, 0], type.of, models, seen, false)];
  }
  if (type.kind === 'model' && !seen.includes(type.name)) {
    const inner = models.get(type.name) ?? [];
    return [...own, ...inner.flatMap((each) => ofProperty([...path, each.name], each, models, [...seen, type.name]))];
  }
  return own;
}

function wrongValues(type: TypeRef): readonly unknown[] {
  if (type.kind !== 'primitive') {
    return type.kind === 'list' ? ['text', { 0: 'a' }] : ['text', 5, ['a']];
  }
  switch (type.name) {
    case 'date':
      return [5, '2026-01-01T00:00:00Z', ''];
    case 'int':
    case 'long':
      return ['5', 1.5];
    case 'double':
      return ['5', true];
    case 'boolean':
      return ['true', 1];
    default:
      return [5, false, ['a']];
  }
}

function at(
  path: readonly Step[],
  what: string,
  change: (parent: Record<Step, unknown>, key: Step) => unknown,
): Mutation {
  const key = path.at(-1) as Step;
  return {
    path: path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
      .join('')
      .slice(1),
    what,
    apply: (event) => {
      let parent: unknown = event;
      for (const step of path.slice(0, -1)) {
        parent = (parent as Record<Step, unknown> | null | undefined)?.[step];
      }
      if (typeof parent !== 'object' || parent === null || !(key in parent)) {
        return false;
      }
      change(parent as Record<Step, unknown>, key);
      return true;
    },
  };
}
