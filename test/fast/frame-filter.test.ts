import { readdirSync, readFileSync } from 'node:fs';
import { bindings } from 'asterisk-ari';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameFilter } from '../../src/events/frame-filter.js';

const types = Object.keys(bindings.events);
const refusesAll = new FrameFilter(
  types.map((type) => [type, type] as const),
  () => true,
);

const corpus = new URL('../corpus/', import.meta.url);

/** Every event that a real Asterisk wrote when the corpus was recorded, as it wrote it. */
const recorded = readdirSync(corpus).flatMap((release) =>
  readdirSync(new URL(`${release}/events/`, corpus)).flatMap((file) =>
    readFileSync(new URL(`${release}/events/${file}`, corpus), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => line.replace(/,$/, '')),
  ),
);

/** What `JSON.parse` makes of the type: the last word. */
function typeIn(text: string): unknown {
  const value = JSON.parse(text) as { type?: unknown } | null;
  return value?.type;
}

/** A string as JSON, every character of it perhaps as an escape. */
const spelled = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((escaped) =>
      [...text]
        .map((character, index) =>
          escaped[index] ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character,
        )
        .join(''),
    )
    .map((inside) => `"${inside}"`);

const space = fc.oneof(
  { weight: 20, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 4 }) },
);
const typeName = fc.constantFrom('StasisStart', 'ChannelVarset', 'Dial', 'NoSuchEvent', '');
const key = fc.oneof(
  { weight: 3, arbitrary: fc.constant('"type"') },
  { weight: 2, arbitrary: spelled('type') },
  fc.constantFrom('"variable"', '"value"', '"protocol_id"', '"bridge_type"', '"Type"', '"type "', '""'),
  fc.string().map((text) => JSON.stringify(text)),
);
const value = fc.oneof(
  { weight: 4, arbitrary: typeName.map((name) => `"${name}"`) },
  { weight: 2, arbitrary: typeName.chain((name) => spelled(name)) },
  fc.constantFrom('"\\"type\\":\\"Dial\\""', '"\\\\"', '","type":"Dial"'.replaceAll('"', '\\"').replace(/^|$/g, '"')),
  fc.json(),
  typeName.map((name) => `{"type":"${name}"}`),
  typeName.map((name) => `[{"type":"${name}"},"type"]`),
);

/** JSON objects that are as bad as JSON allows: any order, the same key twice, escapes, spaces, nested types. */
const members = fc
  .tuple(space, key, space, space, value, space)
  .map(([a, k, b, c, v, d]) => `${a}${k}${b}:${c}${v}${d}`);
const hostileObject = fc
  .tuple(fc.array(members, { minLength: 1, maxLength: 6 }), space)
  .map(([all, after]) => `{${all.join(',')}}${after}`);

/** An event as Asterisk writes it with `pretty = yes`. */
const prettily = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

describe('the type of an event, read from the head of its frame', () => {
  it('is, in any JSON, the one that JSON.parse finds, or none', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        if (refusesAll.refuses(Buffer.from(text))) {
          expect(types).toContain(typeIn(text));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is that one with types in every place, order and spelling', () => {
    let found = 0;
    fc.assert(
      fc.property(hostileObject, (text) => {
        const bytes = Buffer.from(text);
        if (refusesAll.refuses(bytes)) {
          found += 1;
          const type = typeIn(text);
          expect(types).toContain(type);
          const others = new FrameFilter(
            types.map((each) => [each, each] as const),
            (each) => each !== type,
          );
          expect(others.refuses(bytes)).toBe(false);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('does not fail on bytes that are no JSON, cut off, or nothing at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.constantFrom(...recorded).map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const cut = bytes.subarray(0, Math.floor(bytes.length / 3));
          expect(typeof refusesAll.refuses(Buffer.from(cut))).toBe('boolean');
        },
      ),
    );
    expect(refusesAll.refuses(Buffer.alloc(0))).toBe(false);
  });

  it.each([
    ['', (text: string) => text],
    [' prettily', prettily],
  ])('is found in every event that a real Asterisk writes%s, and there it is the right one', (_name, write) => {
    expect(recorded.length).toBeGreaterThan(100);
    const written = recorded.map(write);
    const missed = written.filter((text) => !refusesAll.refuses(Buffer.from(text))).map((text) => typeIn(text));
    expect(new Set(missed)).toEqual(new Set());
    for (const text of written) {
      const own = typeIn(text);
      const others = new FrameFilter(
        types.map((type) => [type, type] as const),
        (type) => type !== own,
      );
      expect(others.refuses(Buffer.from(text))).toBe(false);
    }
  });

  it.each([
    ['the type of a user event inside', '{"type":"StasisStart","userevent":{"type":"Dial"}}'],
    ['a later type', '{"type":"StasisStart","type":"Dial"}'],
    ['a later type with an escape', '{"type":"StasisStart","t\\u0079pe":"Dial"}'],
    ['an object before the type', '{"channel":{"type":"Dial"},"type":"StasisStart"}'],
    ['a type that is no text', '{"type":7}'],
    ['an escape in the type', '{"type":"Stasis\\u0053tart"}'],
    ['a space before the brace', ' {"type":"StasisStart"}'],
    ['a type that is repeated below white space', '{ "type" : "StasisStart",\n  "type" : "Dial" }'],
    ['a type that the bindings do not know', '{"type":"StasisStarted"}'],
    ['a list', '[{"type":"StasisStart"}]'],
  ])('is not looked for further where there is %s', (_name, text) => {
    expect(refusesAll.refuses(Buffer.from(text))).toBe(false);
  });

  it.each([
    '{"type":"StasisStart","timestamp":"x"}',
    '{"variable":"A","value":"{\\"type\\":\\"Dial\\"}","type":"ChannelVarset","channel":{"id":"1"}}',
    '{"cause":16,"soft":true,"x":null,"y":-1.5e3,"type":"ChannelHangupRequest"}',
    '{"type":"BridgeCreated","bridge":{"bridge_type":"mixing","name":"a type"}}',
    '{\n  "cause" : 16 ,\r\n\t"variable":\t"A" , "type" :\n"ChannelVarset" }',
  ])('is found in %s', (text) => {
    expect(refusesAll.refuses(Buffer.from(text))).toBe(true);
  });
});
