import { StructureKind, type InterfaceDeclarationStructure, type StatementStructures } from 'ts-morph';
import type { DomainObject, EventModel } from '../model/types.js';
import { comment, docs, firstSentence, sentence } from './docs.js';
import { signature } from './event-signatures.js';
import { Imports } from './imports.js';
import { type, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import type { Scope } from './scope.js';
import { title, withArticle, words } from './words.js';

/** The union of all events, the map of their types, and what can be heard where. */
export function emitEventMaps(scope: Scope): OutputFile {
  const { events, objects } = scope.model;
  const imports = new Imports(paths.events);
  for (const { name } of events) {
    imports.type(name, paths.event(name));
  }
  const listenable = objects.filter((object) => scope.isListenable(object));
  for (const { name } of listenable) {
    imports.type(name, paths.object(name));
  }
  return {
    path: paths.events,
    imports,
    publicNames: ['AriEvent', 'AriEventMap', ...listenable.map(mapName)].map(type),
    statements: [
      union(events),
      eventMap(events),
      ...listenable.map((each, index) => `${index === 0 ? '' : '\n'}${objectMap(scope, each)}`),
    ],
  };
}

function mapName({ name }: DomainObject): string {
  return `${name}Events`;
}

function union(events: readonly EventModel[]): StatementStructures {
  return {
    kind: StructureKind.TypeAlias,
    name: 'AriEvent',
    isExported: true,
    leadingTrivia: '\n',
    type: events.length === 0 ? 'never' : events.map(({ name }) => `\n| ${name}`).join(''),
    docs: docs([
      'Every event of this Asterisk, told apart by `type`. An event of another type is heard as `unknown` on the client.',
    ]),
  };
}

function eventMap(events: readonly EventModel[]): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    name: 'AriEventMap',
    isExported: true,
    docs: docs(['Every event by its type.']),
    properties: events.map((event) => ({
      name: event.name,
      type: event.name,
      isReadonly: true,
      docs: docs([oneLine(event)]),
    })),
  };
}

/** As text: ts-morph would indent the lines of a type once more. */
function objectMap(scope: Scope, object: DomainObject): string {
  const what =
    `What listeners on ${withArticle(words(object.name))}, or on all of them, receive, by event type: the events that ` +
    'can carry one.';
  const members = scope
    .eventsWith(object)
    .map(({ event, places }) => `${comment([oneLine(event)])}${event.name}: ${signature(object, event, places)};\n`);
  const body = members.join('').replace(/^(?=.)/gm, '  ');
  return `${comment([what])}export interface ${mapName(object)} {\n${body}}`;
}

function oneLine({ name, description }: EventModel): string {
  return sentence(firstSentence(description)) || `${title(name)}.`;
}
