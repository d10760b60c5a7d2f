import type { DomainObject, Resource } from '../model/types.js';
import { freeName, lowerFirst } from './names.js';
import { repositoryMembers } from './reserved.js';
import type { Scope } from './scope.js';

/** The method that gives a handle: `handle`, or where a resource has objects of several kinds, `liveRecordingHandle`. */
export function handleName(scope: Scope, object: DomainObject): string {
  const siblings = scope.model.objects.filter(({ resource }) => resource === object.resource);
  return siblings.length === 1 ? 'handle' : `${lowerFirst(object.name)}Handle`;
}

/** The repository's method for each operation, by the operation's id. */
export function methodNames(scope: Scope, resource: Resource): ReadonlyMap<string, string> {
  const taken = new Set(repositoryMembers);
  for (const object of scope.objectsOf(resource)) {
    taken.add(handleName(scope, object));
  }
  const names = new Map<string, string>();
  for (const { id, name: wanted } of resource.operations) {
    const name = freeName(wanted, taken);
    taken.add(name);
    names.set(id, name);
  }
  return names;
}
