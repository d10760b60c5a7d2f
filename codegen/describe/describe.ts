import type { Correctable } from '../model/correct.js';
import type { Model, Operation, Resource } from '../model/types.js';
import type { Descriptions, ModelTexts, OperationTexts } from './schema.js';

/** Puts our words where the documents have none: Asterisk's own documents keep theirs, the bundled facts have only ours. */
export function describe({ models, resources }: Correctable, texts: Descriptions): Correctable {
  return {
    models: models.map((model) => {
      const own = member(texts.models, model.name);
      return own === undefined ? model : describedModel(model, own);
    }),
    resources: resources.map((resource) =>
      describedResource(
        filled(resource, 'description', member(texts.resources, resource.name)),
        member(texts.operations, resource.name),
      ),
    ),
  };
}

function describedModel(model: Model, { description, properties }: ModelTexts): Model {
  const described = filled(model, 'description', description);
  return {
    ...described,
    properties: model.properties.map((property) => filled(property, 'description', member(properties, property.name))),
  };
}

function describedResource(resource: Resource, texts: Descriptions['operations'][string] = {}): Resource {
  return {
    ...resource,
    operations: resource.operations.map((operation) => {
      const own = member(texts, operation.nickname);
      return own === undefined ? operation : describedOperation(operation, own);
    }),
  };
}

function describedOperation(operation: Operation, texts: OperationTexts): Operation {
  const { summary, notes, parameters = {}, errors = {} } = texts;
  return {
    ...filled(filled(operation, 'summary', summary), 'notes', notes),
    parameters: operation.parameters.map((each) => filled(each, 'description', member(parameters, each.name))),
    errors: operation.errors.map((error) => filled(error, 'reason', member(errors, String(error.code)))),
  };
}

/** The thing with a text of ours, if it has none of its own. */
function filled<K extends string, T extends { readonly [key in K]?: string }>(thing: T, key: K, text?: string): T {
  const has = (thing[key] ?? '').trim() !== '';
  return has || text === undefined ? thing : { ...thing, [key]: text };
}

/** A member of its own: documents may name anything, `constructor` included. */
function member<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
