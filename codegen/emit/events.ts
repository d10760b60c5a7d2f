import { StructureKind } from 'ts-morph';
import type { EventModel, Property } from '../model/types.js';
import { code, docs, foreign, sentence } from './docs.js';
import { Imports } from './imports.js';
import { quote } from './names.js';
import { type, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import { readProperty } from './properties.js';
import type { Scope } from './scope.js';
import type { TypeContext } from './types.js';
import { enumerate, plural, title, words } from './words.js';

/** The interface of an event, domain objects in place of their data. */
export function emitEvent(scope: Scope, event: EventModel): OutputFile {
  const { name } = event;
  const imports = new Imports(paths.event(name));
  const context: TypeContext = { scope, imports, holding: 'objects', where: `event ${name}` };
  return {
    path: paths.event(name),
    from: event.file,
    imports,
    publicNames: [type(name)],
    statements: [
      {
        kind: StructureKind.Interface,
        name,
        isExported: true,
        docs: docs([eventSentence(event), heardBy(event)]),
        properties: [
          { name: 'type', type: quote(name), isReadonly: true, docs: docs(['Tells the events apart.']) },
          ...ownProperties(event).map((property) => readProperty(property, context)),
        ],
      },
    ],
  };
}

/** What the event is, in a sentence. */
function eventSentence({ name, description }: EventModel): string {
  return sentence(foreign(description)) || `${title(name)}.`;
}

function ownProperties({ properties }: EventModel): readonly Property[] {
  return properties.filter(({ name }) => name !== 'type');
}

/** Where listening makes sense, besides the client, which hears every event. */
function heardBy({ objects }: EventModel): string | undefined {
  const kinds = [...new Set(objects.map(({ object }) => object))].map((kind) => {
    const places = objects.filter(({ object }) => object === kind).map(({ path }) => code(path));
    return `${plural(words(kind))} (${places.join(', ')})`;
  });
  return kinds.length === 0 ? undefined : `Heard on the client and on ${enumerate(kinds)}.`;
}
