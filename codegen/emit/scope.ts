import { CodegenError } from '../errors.js';
import { takesScheme, type SourceKind } from '../model/sources.js';
import type { ApiModel, DomainObject, EventModel, EventObject, Model, Operation, Resource } from '../model/types.js';
import type { ImportExtension } from './imports.js';
import { typeNames } from './type-names.js';

/** An operation with the resource that holds it. */
export interface OperationOf {
  readonly resource: Resource;
  readonly operation: Operation;
}

/** The model with the look-ups that emitters share. */
export class Scope {
  readonly model: ApiModel;
  readonly importExtension: ImportExtension;
  readonly #objects: ReadonlyMap<string, DomainObject>;
  readonly #models: ReadonlyMap<string, Model>;
  readonly #typeNames: ReadonlyMap<string, string>;

  constructor(model: ApiModel, importExtension: ImportExtension = '.js') {
    this.importExtension = importExtension;
    const { resources, models } = typeNames(model);
    this.model = { ...model, resources };
    this.#typeNames = models;
    this.#objects = new Map(model.objects.map((object) => [object.name, object]));
    this.#models = new Map(model.models.map((data) => [data.name, data]));
  }

  /** The domain object of that name, if the model of that name is one. */
  object(name: string): DomainObject | undefined {
    return this.#objects.get(name);
  }

  requireObject(name: string, where: string): DomainObject {
    const object = this.object(name);
    if (object === undefined) {
      throw new CodegenError(`no domain object '${name}'`, { at: where, allowed: [...this.#objects.keys()] });
    }
    return object;
  }

  requireModel(name: string, where: string): Model {
    const model = this.#models.get(name);
    if (model === undefined) {
      throw new CodegenError(`no model '${name}'`, { at: where, allowed: [...this.#models.keys()] });
    }
    return model;
  }

  /** The name under which a model is exported: `ChannelData` for a domain object, else its own where that is free. */
  typeName(model: string): string {
    return this.#typeNames.get(model) ?? model;
  }

  objectsOf(resource: Resource): readonly DomainObject[] {
    return this.model.objects.filter((object) => object.resource === resource.name);
  }

  /** Every operation that acts on one instance of the object. */
  operationsOn(object: DomainObject): readonly OperationOf[] {
    return this.#operations().filter(({ operation }) => operation.target?.object === object.name);
  }

  /** The events that can carry the object, each with the places where it does. */
  eventsWith(object: DomainObject): readonly { event: EventModel; places: readonly EventObject[] }[] {
    return this.model.events
      .map((event) => ({ event, places: event.objects.filter((place) => place.object === object.name) }))
      .filter(({ places }) => places.length > 0);
  }

  /** True if events can carry the object, so that there is something to listen to. */
  isListenable(object: DomainObject): boolean {
    return this.eventsWith(object).length > 0;
  }

  /** The objects that have an event source URI which such a parameter takes. */
  sources(kind: SourceKind): readonly DomainObject[] {
    return this.model.objects.filter(
      ({ sourceScheme }) => sourceScheme !== undefined && takesScheme(kind, sourceScheme),
    );
  }

  /** True if some operation makes such an object under an id of the caller's choice. */
  hasChosenId(object: DomainObject): boolean {
    const [key, ...more] = object.keys;
    if (key === undefined || more.length > 0) {
      return false;
    }
    return this.#operations().some(
      ({ operation: { httpMethod, response, target, parameters } }) =>
        httpMethod === 'POST' &&
        response.kind === 'model' &&
        response.name === object.name &&
        parameters.some(({ name }) => (name === key.parameter || name === key.field) && !target?.bound.includes(name)),
    );
  }

  #operations(): OperationOf[] {
    return this.model.resources.flatMap((resource) =>
      resource.operations.map((operation) => ({ resource, operation })),
    );
  }
}
