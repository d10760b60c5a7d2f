import { StructureKind, type MethodDeclarationStructure, type OptionalKind } from 'ts-morph';
import { CodegenError } from '../errors.js';
import type { DomainObject, Resource } from '../model/types.js';
import { code, docs, foreign, sentence } from './docs.js';
import { Imports } from './imports.js';
import { operationMethod } from './methods.js';
import { quote } from './names.js';
import { value, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import { handleName, methodNames } from './repository-names.js';
import type { Scope } from './scope.js';
import { enumerate, words } from './words.js';

/** The class of a resource: every operation of its document, and handles of its objects. */
export function emitRepository(scope: Scope, resource: Resource): OutputFile {
  const name = resource.className;
  const path = paths.repository(name);
  const imports = new Imports(path);
  const listenable = listenableObject(scope, resource);
  const names = methodNames(scope, resource);
  return {
    path,
    from: resource.file,
    imports,
    publicNames: [value(name)],
    statements: [
      {
        kind: StructureKind.Class,
        name,
        isExported: true,
        extends: baseClass(imports, listenable),
        docs: repositoryDocs(resource, listenable),
        ctors: listenable
          ? [
              {
                docs: docs(['Made by the client.']),
                parameters: [{ name: 'client', type: imports.runtimeType('ClientCore') }],
                statements: [`super(client, ${quote(listenable.name)});`],
              },
            ]
          : [],
        methods: [
          ...scope.objectsOf(resource).map((object) => handleMethod(scope, imports, object)),
          ...resource.operations.map((operation) =>
            operationMethod({
              scope,
              imports,
              resource,
              operation,
              name: names.get(operation.id) ?? operation.name,
              bound: [],
            }),
          ),
        ],
      },
    ],
  };
}

function repositoryDocs(resource: Resource, listenable: DomainObject | undefined): string[] {
  const { requiresModules } = resource;
  return docs([
    sentence(foreign(resource.description)) || `The operations of ${words(resource.name)}.`,
    listenable && `Listening here hears the events of every ${words(listenable.name)}.`,
    requiresModules.length > 0
      ? `Asterisk has it where ${enumerate(requiresModules.map(code))} ` +
        `${requiresModules.length === 1 ? 'is' : 'are'} loaded.`
      : undefined,
  ]);
}

/** The kind of object whose events are heard on the repository. */
function listenableObject(scope: Scope, resource: Resource): DomainObject | undefined {
  const [object, ...more] = scope.objectsOf(resource).filter((each) => scope.isListenable(each));
  if (more.length > 0) {
    throw new CodegenError('events carry more than one kind of its objects', { at: `resource ${resource.name}` });
  }
  return object;
}

function baseClass(imports: Imports, listenable: DomainObject | undefined): string {
  return listenable === undefined
    ? imports.runtimeValue('Repository')
    : `${imports.runtimeValue('ListenableRepository')}<${imports.type(`${listenable.name}Events`, paths.events)}>`;
}

function handleMethod(scope: Scope, imports: Imports, object: DomainObject): OptionalKind<MethodDeclarationStructure> {
  const handle = imports.value(`${object.name}Handle`, paths.object(object.name));
  const fields = object.keys.map(({ field }) => field);
  const chosen = scope.hasChosenId(object);
  const noun = words(object.name);
  return {
    name: handleName(scope, object),
    parameters: fields.map((field) => ({
      name: field,
      type: 'string',
      ...(chosen ? { initializer: `${imports.runtimeValue('uniqueId')}()` } : {}),
    })),
    returnType: handle,
    docs: docs(
      [
        `A handle of the ${noun} of that ${fields.join(' and ')}; nothing is sent.`,
        chosen
          ? `Without one, a fresh unique ${fields.join()} is made: listen first, then create the ${noun} under it, and ` +
            'no event is missed.'
          : undefined,
      ],
      [],
    ),
    statements: [`return new ${handle}(this.client, ${fields.join(', ')});`],
  };
}
