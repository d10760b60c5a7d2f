/** Names that mean something elsewhere, and texts that would rather be code. */
import * as fc from 'fast-check';

const WORDS =
  'delete import class default await yield let static enum null void this new in of as is type keyof infer get set async ' +
  'string number boolean any unknown never object symbol bigint undefined Promise Record Readonly Omit Array Object Date ' +
  'Error Map String Function List s events models schemas client params options data args bindings release connect index ' +
  'constructor prototype toString toJSON valueOf hasOwnProperty isPrototypeOf toLocaleString then on once off stream ' +
  'waitFor key kind invoke core state start close gap slow arguments eval exports require module globalThis';

const OURS =
  'AriClient AriEvent AriEventMap ClientEvents VariableValue Schemas ModelSchemas EventData Operation Bindings Repository ' +
  'NotFoundError ChannelHandle ChannelData ChannelEvents ChannelsGetParams Channels Channel Bridge Endpoint Event Message ' +
  'ConfigTuple StoredRecording LiveRecording DeviceState Con Aux';

/** What is refused, now and then only: the rest of the documents is to be looked at as well. */
export const rarely = <T, U>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 200, arbitrary: usual }, { weight: 1, arbitrary: odd });

const plain = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}(_[a-z]{1,3})?$/);

/** Names that do as identifiers. */
export const identifier = fc.oneof(
  { weight: 3, arbitrary: plain },
  { weight: 2, arbitrary: fc.constantFrom(...WORDS.split(' ')) },
  { weight: 1, arbitrary: fc.constantFrom(...OURS.split(' ')) },
);

/** Names that only go over the wire. */
export const wireName = fc.oneof(
  { weight: 8, arbitrary: identifier },
  {
    weight: 1,
    arbitrary: fc.constantFrom("it's", 'a-b', 'a b', '1', '#data', '"', '\\', '${x}', '*/', '@internal', 'ä'),
  },
  { weight: 1, arbitrary: fc.constantFrom('a.b', '//', '</script>', '{@evil}', '\u00a0', '😀', '[x]', '...', 'a:b') },
);

const PIECES = [
  '@deprecated',
  '@internal',
  '@evil x',
  '{@link Evil}',
  '{@evil}',
  '*/ evil();',
  '/**',
  '//',
  '`',
  '``',
  '```',
  '\n',
  '\r\n',
  '\u2028',
  '\u0085',
  '\u200b',
  '\u00a0',
  '\ufeff',
  '\v',
  '\u202e',
  '\ud800',
  '\u0000',
  '\u001b[31m',
  '\u009b',
  'a word',
  'Ends.',
  "it's",
  '"',
  '\\',
  '${evil}',
  '<b>',
  '|',
  '# title',
  '- item',
  ' ',
  '\t',
  '*',
  'x'.repeat(130),
];

/** Prose that tries to be something else. */
export const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6, unit: 'binary' })), { maxLength: 8 })
  .map((pieces) => pieces.join(''));

const SIMPLE = ['string', 'int', 'long', 'double', 'float', 'number', 'boolean', 'Date'];
export const simple = fc.constantFrom(...SIMPLE);

const SIMPLE_WORDS = new Set([...SIMPLE, 'object', 'void', 'binary', 'containers']);
/** Names that a model can have. */
export const typeName = identifier.filter((name) => !SIMPLE_WORDS.has(name));
