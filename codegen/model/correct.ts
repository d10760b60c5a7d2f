import { isSince } from '../load/release.js';
import type { Warn } from '../parse/validate.js';
import { addedModel, correctedModel, correctedOperation, correctedParameter, correctedProperty } from './corrected.js';
import type { Correction } from './correction-types.js';
import {
  MODEL_ADDITIONS,
  MODEL_CORRECTIONS,
  OPERATION_CORRECTIONS,
  PARAMETER_CORRECTIONS,
  PROPERTY_CORRECTIONS,
} from './corrections.js';
import type { Model, Operation, Resource } from './types.js';

/** Where a row does not say since when its place is documented. */
const DOCUMENTED = ['16.0.0'];

/** What corrections act on: the models, those of events included, and the operations. */
export interface Correctable {
  readonly models: readonly Model[];
  readonly resources: readonly Resource[];
}

/** Applies the table of corrections to one release. A row whose place should be there and is not is warned of. */
export function correct(input: Correctable, release: string, warn: Warn): Correctable {
  const places = placesOf(input);
  reportMissing(places, release, warn);

  const properties = rowsFor(PROPERTY_CORRECTIONS, release);
  const models = rowsFor(MODEL_CORRECTIONS, release);
  const parameters = rowsFor(PARAMETER_CORRECTIONS, release);
  const operations = rowsFor(OPERATION_CORRECTIONS, release);

  const correctModel = (model: Model): Model => {
    const documented = model.properties.map((property) =>
      properties(`${model.name}.${property.name}`).reduce(correctedProperty, property),
    );
    return models(model.name).reduce(correctedModel, { ...model, properties: documented });
  };
  const correctOperation = (operation: Operation): Operation => {
    const all = operation.parameters.map((parameter) =>
      parameters(`${operation.id}(${parameter.name})`).reduce(correctedParameter, parameter),
    );
    return operations(operation.id).reduce(correctedOperation, { ...operation, parameters: all });
  };

  return {
    models: [...input.models.map(correctModel), ...additions(places)],
    resources: input.resources.map((resource) => ({
      ...resource,
      operations: resource.operations.map(correctOperation),
    })),
  };
}

/** The rows of a table that hold for a release, by place. */
function rowsFor<C>(table: readonly Correction<C>[], release: string): (place: string) => readonly Correction<C>[] {
  const rows = table.filter(({ holds }) => holds === undefined || isSince(release, holds) !== false);
  return (place) => rows.filter((row) => row.place === place);
}

/** Models that corrections of this release refer to; what the documents define themselves needs no help. */
function additions(places: ReadonlySet<string>): Model[] {
  return MODEL_ADDITIONS.filter((row) => !places.has(row.name) && row.for.some((place) => places.has(place))).map(
    addedModel,
  );
}

/** Every place that a row can name: models, their properties, operations and their parameters. */
function placesOf({ models, resources }: Correctable): ReadonlySet<string> {
  const operations = resources.flatMap((resource) => resource.operations);
  return new Set([
    ...models.map(({ name }) => name),
    ...models.flatMap(({ name, properties }) => properties.map((property) => `${name}.${property.name}`)),
    ...operations.map(({ id }) => id),
    ...operations.flatMap(({ id, parameters }) => parameters.map(({ name }) => `${id}(${name})`)),
  ]);
}

function reportMissing(places: ReadonlySet<string>, release: string, warn: Warn): void {
  const rows = [PROPERTY_CORRECTIONS, MODEL_CORRECTIONS, PARAMETER_CORRECTIONS, OPERATION_CORRECTIONS].flat();
  for (const { place, documented, holds } of rows) {
    if (places.has(place)) continue;
    if (isSince(release, documented ?? holds ?? DOCUMENTED) !== true) continue;
    warn(`${place}: there is a correction for it, but the documents of Asterisk ${release} no longer have it`);
  }
}
