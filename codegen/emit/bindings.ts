import type { DomainObject, EventModel, Property } from '../model/types.js';
import { constant } from './constants.js';
import { Imports, relativeModule, withExtension } from './imports.js';
import { Code } from './literal.js';
import { value, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import type { Scope } from './scope.js';

/** The tables that the runtime reads: the release, the kinds of objects, and where events carry them. */
export function emitBindings(scope: Scope): OutputFile {
  const { model, importExtension } = scope;
  const imports = new Imports(paths.bindings);
  imports.runtimeType('Bindings');
  const schemas = withExtension(relativeModule(paths.bindings, paths.schemas.index), importExtension);
  const table = {
    release: new Code('release'),
    objects: Object.fromEntries(model.objects.map((object) => [object.name, objectRow(scope, imports, object)])),
    envelope: envelopeOf(model.events),
    events: Object.fromEntries(model.events.map((event) => [event.name, eventRow(event)])),
    optional: optionalPlaces(model.events),
    schemas: new Code(`() => import('${schemas}').then(({ schemas }) => schemas)`),
  };
  return {
    path: paths.bindings,
    imports,
    publicNames: [value('bindings'), value('release')],
    statements: [
      constant('release', 'string', model.release, false, 'The Asterisk release that this was generated from.'),
      constant('bindings', 'Bindings', table, true, 'What the runtime knows of this release.'),
    ],
  };
}

function objectRow(scope: Scope, imports: Imports, object: DomainObject): object {
  const { properties } = scope.requireModel(object.name, `domain object ${object.name}`);
  const lists = properties.filter(({ type }) => type.kind === 'list').map(({ name }) => name);
  return {
    keys: object.keys.map(({ field }) => field),
    field: object.eventField,
    scheme: object.sourceScheme,
    lists: lists.length > 0 ? lists : undefined,
    class: new Code(imports.value(object.name, paths.object(object.name))),
  };
}

/** What every event has, besides its type: texts that are always there. */
function envelopeOf([first, ...others]: readonly EventModel[]): string[] {
  const isText = ({ name, type, optional, nullable, alsoNumber }: Property): boolean =>
    name !== 'type' &&
    type.kind === 'primitive' &&
    (type.name === 'string' || type.name === 'date') &&
    !(optional || nullable || alsoNumber);
  const texts = (event: EventModel): string[] => event.properties.filter(isText).map(({ name }) => name);
  return first === undefined ? [] : texts(first).filter((name) => others.every((event) => texts(event).includes(name)));
}

/** Places of objects that may be empty: only events that have such ones have a row. */
function optionalPlaces(events: readonly EventModel[]): object {
  const rows = events.map(({ name, objects }) => [name, objects.filter((each) => each.optional)] as const);
  return Object.fromEntries(
    rows.filter(([, places]) => places.length > 0).map(([name, places]) => [name, places.map(({ path }) => path)]),
  );
}

/** Every event has a row, an empty one too: a type without is unknown. */
function eventRow({ objects }: EventModel): object {
  return Object.fromEntries(objects.map(({ path, object }) => [path, object]));
}
