import { StructureKind, type ClassDeclarationStructure, type FunctionDeclarationStructure } from 'ts-morph';
import type { Resource } from '../model/types.js';
import { docs, firstSentence, sentence } from './docs.js';
import { Imports } from './imports.js';
import { freeName, propertyName } from './names.js';
import { value, type OutputFile } from './output-file.js';
import { paths } from './paths.js';
import { clientMembers } from './reserved.js';
import type { Scope } from './scope.js';
import { title } from './words.js';

const className = 'AriClient';

/** The client with a repository for every resource, and `connect`. */
export function emitClient({ model }: Scope): OutputFile {
  const imports = new Imports(paths.client);
  return {
    path: paths.client,
    imports,
    publicNames: [value(className), value('connect')],
    statements: [clientClass(imports, model.resources, model.release), connectFunction(imports)],
  };
}

function clientClass(imports: Imports, resources: readonly Resource[], release: string): ClassDeclarationStructure {
  const bindings = imports.value('bindings', paths.bindings);
  const repositories = resources.map((resource) => ({
    name: propertyName(freeName(resource.name, clientMembers)),
    type: imports.value(resource.className, paths.repository(resource.className)),
    resource,
  }));
  return {
    kind: StructureKind.Class,
    name: className,
    isExported: true,
    extends: `${imports.runtimeValue('BaseClient')}<${imports.type('AriEventMap', paths.events)}>`,
    docs: docs([
      `A client of one Asterisk ${release} or compatible. {@link connect} makes one that is known to reach its server; ` +
        'the constructor alone sends nothing.',
    ]),
    properties: repositories.map(({ name, type, resource }) => ({
      name,
      type,
      isReadonly: true,
      docs: docs([sentence(firstSentence(resource.description)) || `${title(resource.name)}.`]),
    })),
    ctors: [
      {
        parameters: [{ name: 'options', type: imports.runtimeType('ClientOptions') }],
        statements: [
          `super(${bindings}, options);`,
          ...repositories.map(({ name, type }) => `this.${name} = new ${type}(this.core);`),
        ],
      },
    ],
  };
}

const example = `@example
const client = await connect('http://localhost:8088/', 'hey', 'peekaboo');
client.channels.on('StasisStart', async (channel) => {
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' });
});
await client.run('hello');`;

function connectFunction(imports: Imports): FunctionDeclarationStructure {
  const returnType = `Promise<${className}>`;
  const options = imports.runtimeType('ConnectOptions');
  const failures = [
    '@throws {UnauthorizedError} if the user name or the password is wrong',
    '@throws {AriConnectionError} if no Asterisk answers there',
    '@throws {AriAbortError} if the signal aborts first',
  ];
  return {
    kind: StructureKind.Function,
    name: 'connect',
    isExported: true,
    overloads: [
      {
        parameters: [
          ...['url', 'username', 'password'].map((name) => ({ name, type: 'string' })),
          { name: 'options', type: options, hasQuestionToken: true },
        ],
        returnType,
        docs: docs(
          ['Makes a client, after asking the server once whether it is there and takes the credentials.'],
          [
            "@param url Of Asterisk's HTTP server: `http://localhost:8088/`, with its prefix if it has one.",
            ...failures,
            example,
          ],
        ),
      },
      {
        parameters: [{ name: 'options', type: `${options} & ${imports.runtimeType('Credentials')}` }],
        returnType,
        docs: docs(
          ['Makes a client, after asking the server once whether it is there and takes the credentials.'],
          failures,
        ),
      },
    ],
    parameters: [{ name: 'args', type: imports.runtimeType('ConnectArguments'), isRestParameter: true }],
    returnType,
    statements: [`return ${imports.runtimeValue('connectClient')}(${className}, args);`],
  };
}
