import fc from 'fast-check';
import { bindings } from '../../generated/v22/bindings.js';

const oddNames = ['', '*', 'unknown', 'malformed', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\ud800'];
const anything = fc.jsonValue({ maxDepth: 3 });
const oddKey = fc.constantFrom(...oddNames, 'id', 'type', 'name', 'then', 'toJSON');
const odd = fc.oneof(anything, fc.dictionary(oddKey, anything, { maxKeys: 3 }), fc.constantFrom('1', '', '..'));
const keys = ['id', 'name', 'technology', 'resource'];
const someObject = fc.dictionary(fc.constantFrom(...keys, ...keys, 'state', 'channel', 'bridge', ...oddNames), odd, {
  minKeys: 1,
  maxKeys: 5,
});

/** The text of an event of any type, with anything in its fields, above all in those that hold objects. */
export const anyEvent: fc.Arbitrary<string> = fc
  .constantFrom(...Object.keys(bindings.events), ...oddNames)
  .chain((type) => {
    const places = Object.keys(new Map(Object.entries(bindings.events)).get(type) ?? {}).flatMap((name) =>
      name.split('.'),
    );
    const names = fc.constantFrom(...places, ...places, ...places, 'application', 'timestamp', 'channel', ...oddNames);
    return fc.dictionary(names, fc.oneof(someObject, odd), { maxKeys: 6 }).map((fields) => {
      const members = Object.entries(fields).map(member);
      return `{"type":${JSON.stringify(type)}${members.join('')}}`;
    });
  });

/** A text that is an event, JSON of any kind, or something that was JSON once. */
export const anyFrame: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: anyEvent },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: fc.tuple(anyEvent, fc.nat(200)).map(([text, length]) => text.slice(0, length)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyEvent, fc.nat(100), fc.string())
      .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at)),
  },
);

/** As JSON writes it, whatever the name. */
function member([name, value]: readonly [string, unknown]): string {
  return `,${JSON.stringify(name)}:${JSON.stringify(value)}`;
}
