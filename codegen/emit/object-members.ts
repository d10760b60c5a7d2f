import { CodegenError } from '../errors.js';
import type { DomainObject, Property } from '../model/types.js';
import { freeName } from './names.js';
import { handleMembers } from './reserved.js';
import type { OperationOf, Scope } from './scope.js';

/** The names of an object's members: operations have their own, fields give way to them and to the runtime's. */
export class Members {
  readonly operations: readonly { readonly name: string; readonly of: OperationOf }[];
  readonly properties: readonly { readonly name: string; readonly property: Property; readonly isKey: boolean }[];

  constructor(scope: Scope, object: DomainObject) {
    const taken = new Set(handleMembers);
    const take = (wanted: string): string => {
      const name = freeName(wanted, taken);
      taken.add(name);
      return name;
    };
    this.operations = scope.operationsOn(object).map((of) => ({ name: take(of.operation.name), of }));
    const keys = new Set(object.keys.map(({ field }) => field));
    this.properties = scope.requireModel(object.name, `domain object ${object.name}`).properties.map((property) => ({
      name: take(property.name),
      property,
      isKey: keys.has(property.name),
    }));
  }

  /** The accessor of a key. */
  accessor(object: DomainObject, field: string): string {
    const member = this.properties.find(({ property }) => property.name === field);
    if (member === undefined) {
      throw new CodegenError(`its key '${field}' is no property of the model`, { at: `domain object ${object.name}` });
    }
    return member.name;
  }
}
