/**
 * Names that the runtime's base classes have already, so that no operation, field or resource may take them. A test
 * compares them with the classes.
 */
const everywhere = ['constructor', 'client', 'invoke', 'then', 'toString', 'valueOf', 'hasOwnProperty'] as const;
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

/** Variables of generated methods, which an imported name must not hide behind. */
export const localNames: ReadonlySet<string> = new Set(['args', 'bindings', 'client', 'data', 'options', 'params']);
