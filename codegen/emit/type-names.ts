import { CodegenError } from '../errors.js';
import type { ApiModel, DomainObject, Resource } from '../model/types.js';
import { freeName, isIdentifier, upperFirst } from './names.js';
import { isDevice, localNames, notices, takenTypes } from './reserved.js';

/** How the documents' resources and models are called in TypeScript: their own names, where these are free. */
export interface TypeNames {
  readonly resources: readonly Resource[];
  /** By the name of the model. */
  readonly models: ReadonlyMap<string, string>;
}

/**
 * Gives every class and interface a name of its own. Events keep theirs, which come over the wire: where that cannot be,
 * there are no bindings. Classes of resources give way to them, and models to all the others.
 */
export function typeNames({ events, objects, resources, models }: ApiModel): TypeNames {
  const taken = new Set([...takenTypes, ...objects.flatMap(namesOf)]);
  for (const { file, name } of events) {
    if (taken.has(name) || notices.has(name) || isDevice(name) || name.toLowerCase() === 'index') {
      throw notType('event', name, file, ': it is taken, and an event cannot be called otherwise');
    }
    if (!isIdentifier(name)) throw notType('event', name, file);
    taken.add(name);
  }
  for (const { file, name } of models) if (!isIdentifier(name)) throw notType('model', name, file);
  const take = (name: string): string => {
    const free = freeName(isDevice(name) ? `${name}_` : name, taken);
    taken.add(free);
    return free;
  };
  const named = resources.map((resource) => ({ ...resource, className: take(resource.className) }));
  for (const { file, name, className, operations } of named) {
    if (isDevice(name)) throw new CodegenError('Windows takes no files of the name', { file, at: `resource ${name}` });
    taken.add(tableName(name));
    for (const { name: operation, target } of operations) {
      for (const owner of target ? [className, target.object] : [className]) {
        for (const ending of ['Params', 'Fields']) taken.add(`${owner}${upperFirst(operation)}${ending}`);
      }
    }
  }
  const kinds = new Set(objects.map(({ name }) => name));
  return {
    resources: named,
    models: new Map(models.map(({ name }) => [name, kinds.has(name) ? dataName(name) : take(name)])),
  };
}

function notType(what: string, name: string, file: string | undefined, why = ''): CodegenError {
  return new CodegenError(`the name cannot be that of a TypeScript type${why}`, { file, at: `${what} '${name}'` });
}

/** How a resource's table of operations is called where it is imported. */
export function tableName(resource: string): string {
  return freeName(resource, localNames);
}

/** The interface of an object's data: `ChannelData`. */
function dataName(object: string): string {
  return `${object}Data`;
}

function namesOf({ name }: DomainObject): readonly string[] {
  return [name, dataName(name), `${name}Events`, `${name}Handle`];
}
