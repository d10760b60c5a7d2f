import { CodegenError } from '../errors.js';
import type { DomainObject, Model, Property } from '../model/types.js';
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
    const model = scope.requireModel(object.name, `domain object ${object.name}`);
    checkKeys(model, object);
    this.properties = model.properties.map((property) => ({
      name: take(property.name),
      property,
      isKey: keys.has(property.name),
    }));
  }

  /** The accessor of a key. */
  accessor(field: string): string {
    return this.properties.find(({ property }) => property.name === field)?.name ?? field;
  }
}

/** An object is known by its keys: of a text that may be missing there is no handle. */
function checkKeys({ file, properties }: Model, { name, keys }: DomainObject): void {
  for (const { field } of keys) {
    const key = properties.find((property) => property.name === field);
    if (key !== undefined && isKey(key)) continue;
    const what = key === undefined ? 'no property of the model' : 'not a required string';
    throw new CodegenError(`its key '${field}' is ${what}`, { file, at: `domain object ${name}` });
  }
}

function isKey({ type, optional, nullable, alsoNumber }: Property): boolean {
  const isText = type.kind === 'primitive' && (type.name === 'string' || type.name === 'date');
  return isText && !optional && !nullable && !alsoNumber;
}
