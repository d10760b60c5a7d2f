import { runtimeInternals, runtimeTypes, runtimeValues } from './runtime-exports.js';

/** Words that cannot be the name of a constant in a module, of whatever kind the compiler makes of it. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export exports ' +
    'extends false finally for function if implements import in instanceof interface let module new null package ' +
    'private protected public require return static super switch this throw true try typeof undefined var void while ' +
    'with yield'
  ).split(' '),
);

/** Types of TypeScript's own and words of its types, and what generated files use of its library. */
const builtInTypes =
  'abstract accessor any as asserts async bigint boolean constructor declare defer from get global globalThis infer ' +
  'intrinsic is keyof module namespace never number object of out override readonly satisfies set string symbol type ' +
  'unique unknown using Omit Promise Readonly Record';

/** What generated files declare, besides what the documents name. */
const ownNames =
  'AriClient AriEvent AriEventMap ClientEvents VariableValue bindings connect release ' +
  'AnswerSchemas EventSchemas ModelSchemas Schemas events models s schemas';

/** Names that no type, class or event of the documents can have. */
export const takenTypes: ReadonlySet<string> = new Set([
  ...reservedWords,
  ...builtInTypes.split(' '),
  ...ownNames.split(' '),
  ...runtimeValues,
  ...runtimeTypes,
  ...runtimeInternals,
]);

/** What the client tells besides events: an event of such a name could not be told from it. */
export const notices: ReadonlySet<string> = new Set(
  '* gap invalid listenerError malformed present replaced slow state unknown'.split(' '),
);

/** Names that Windows keeps for devices: no file can be called so there, with whatever ending. */
export function isDevice(name: string): boolean {
  return /^(?:aux|con|nul|prn|com\d|lpt\d)$/i.test(name);
}

/** What every object has, by the types of the compiler. */
export const objectMembers: ReadonlySet<string> = new Set(
  'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf'.split(' '),
);

/**
 * Names that the runtime's base classes have already, so that no operation, field or resource may take them. A test
 * compares them with the classes.
 */
const everywhere = [...objectMembers, 'client', 'invoke', 'then'] as const;
const listening = ['on', 'once', 'off', 'stream', 'waitFor'] as const;

/** What `ObjectHandle` and `ListenableHandle` have. */
export const handleMembers: ReadonlySet<string> = new Set([...everywhere, ...listening, 'key', 'kind', 'toJSON']);

/** What `Repository` and `ListenableRepository` have. */
export const repositoryMembers: ReadonlySet<string> = new Set([...everywhere, ...listening]);

/** What `BaseClient` has. */
export const clientMembers: ReadonlySet<string> = new Set([
  ...everywhere,
  ...listening,
  'core',
  'prepare',
  'probe',
  'request',
  'state',
  'asteriskVersion',
  'closed',
  'start',
  'run',
  'stop',
  'close',
  'dispatch',
  'idle',
  'onApplicationRegistered',
  'onApplicationDeregistered',
]);

/** Words and variables of generated methods, which an imported name must not hide behind. */
export const localNames: ReadonlySet<string> = new Set([
  ...reservedWords,
  'args',
  'bindings',
  'client',
  'data',
  'options',
  'params',
]);
