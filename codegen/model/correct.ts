import { isSince } from '../load/release.js';
import type { Warn } from '../parse/validate.js';
import { addedModel, correctedModel, correctedOperation, correctedParameter, correctedProperty } from './corrected.js';
import type { Correction, CorrectionTables, ModelAddition } from './correction-types.js';
import { CORRECTIONS } from './corrections.js';
import type { Model, Operation, Resource } from './types.js';

/** Where a row does not say since when its place is documented. */
const DOCUMENTED = ['16.0.0'];

/** What corrections act on: the models, those of events included, and the operations. */
export interface Correctable {
  readonly models: readonly Model[];
  readonly resources: readonly Resource[];
}

/** Applies the table of corrections to one release. A row whose place should be there and is not is warned of. */
export function correct(
  input: Correctable,
  release: string,
  warn: Warn,
  tables: CorrectionTables = CORRECTIONS,
): Correctable {
  const places = placesOf(input);
  reportMissing(tables, places, release, warn);

  const properties = rowsFor(tables.properties, release);
  const models = rowsFor(tables.models, release);
  const parameters = rowsFor(tables.parameters, release);
  const operations = rowsFor(tables.operations, release);

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
    models: [...input.models.map(correctModel), ...additions(tables.additions, places)],
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
function additions(rows: readonly ModelAddition[], places: ReadonlySet<string>): Model[] {
  return rows.filter((row) => !places.has(row.name) && row.for.some((place) => places.has(place))).map(addedModel);
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

function reportMissing(tables: CorrectionTables, places: ReadonlySet<string>, release: string, warn: Warn): void {
  const { properties, models, parameters, operations } = tables;
  const rows = [properties, models, parameters, operations].flat();
  for (const { place, documented, holds } of rows) {
    if (places.has(place)) continue;
    if (isSince(release, documented ?? holds ?? DOCUMENTED) !== true) continue;
    warn(`${place}: there is a correction for it, but the documents of Asterisk ${release} no longer have it`);
  }
}
