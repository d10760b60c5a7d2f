import { AriValidationError } from 'asterisk-ari';
import {
  callsOf,
  cutCall,
  html,
  ladder,
  mermaid,
  parse,
  stringify,
  type ObjectRef,
  type TraceEntry,
} from 'asterisk-ari/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const text = fc.string({ unit: 'binary' });
const place = { seq: fc.nat(), at: fc.double({ noNaN: true, min: 0, max: 8.64e15 }), client: text };
const ref = fc
  .tuple(fc.constantFrom('channel', 'bridge', 'playback', 'recording'), text)
  .map(([kind, id]) => `${kind}:${id}` satisfies ObjectRef);
const objects = fc.array(ref, { maxLength: 4 });
const data = fc.dictionary(text, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5, noNullPrototype: true });
const ids = fc.record({
  channels: fc.array(text),
  bridges: fc.array(text),
  playbacks: fc.array(text),
  liveRecordings: fc.array(text),
});
const ms = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 });
const state = fc.constantFrom('connecting', 'open', 'reconnecting', 'replaced', 'closed');

const request = fc.record({
  kind: fc.constant('request'),
  ...place,
  id: fc.nat(),
  operation: text,
  method: text,
  path: text,
  params: data,
  objects,
});
const answer = fc.record(
  {
    kind: fc.constant('answer'),
    ...place,
    request: fc.nat(),
    status: fc.nat(),
    ms,
    attempts: fc.nat(),
    error: text,
    body: fc.jsonValue(),
    objects,
  },
  { requiredKeys: ['kind', 'seq', 'at', 'client', 'request', 'ms', 'attempts', 'objects'] },
);
const event = fc.record({
  kind: fc.constant('event'),
  ...place,
  type: text,
  application: text,
  event: data,
  objects,
});
const connection = fc.record(
  {
    kind: fc.constant('connection'),
    ...place,
    state,
    previous: state,
    apps: fc.array(text),
    server: text,
    attempt: fc.nat(),
    delayMs: ms,
    error: text,
  },
  { requiredKeys: ['kind', 'seq', 'at', 'client', 'state', 'previous', 'apps', 'server'] },
);
const gap = fc.record({ kind: fc.constant('gap'), ...place, durationMs: ms, gone: ids, left: ids });
const dropped = fc.record({ kind: fc.constant('dropped'), ...place, count: fc.nat() });
const entry = fc.oneof(request, answer, event, connection, gap, dropped) as fc.Arbitrary<TraceEntry>;

/** What JSON makes of it: no negative zero. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('JSON lines of a trace', () => {
  it('come back as they were, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(entry), (trace) => {
        const lines = stringify(trace);
        expect(lines.split('\n')).toHaveLength(trace.length + 1);
        expect(parse(lines)).toEqual(plain(trace));
        expect(stringify(parse(lines))).toBe(lines);
      }),
      { numRuns: 300 },
    );
  });

  it('of later versions are kept, and saved again as they were', () => {
    const later = { kind: 'audio', seq: 7, at: 1.5, client: 'a', frames: [1, 2] };
    const line = `${JSON.stringify(later)}\n`;
    const [read] = parse(line);
    expect(read).toEqual({ kind: 'unknown', seq: 7, at: 1.5, client: 'a', data: later });
    expect(stringify(parse(line))).toBe(line);
    const more = `${JSON.stringify({ kind: 'dropped', seq: 1, at: 0, client: '', count: 2, why: 'memory' })}\n`;
    expect(stringify(parse(more))).toBe(more);
  });

  it('may be put one after the other, with empty lines between', () => {
    const one = stringify([{ kind: 'dropped', seq: 1, at: 0, client: '', count: 2 }]);
    expect(parse(`${one}\r\n\n${one}`)).toHaveLength(2);
  });

  it.each([
    ['{"kind":"dropped"', 'line 2 of the trace is no JSON'],
    ['7', 'line 2 of the trace must be an object, not 7'],
    [
      '{"kind":"dropped","seq":1,"at":0,"client":""}',
      'line 2 of the trace: count is missing; must be a whole number, at least 0',
    ],
    ['{"kind":"other","at":0,"client":""}', 'line 2 of the trace: seq is missing; must be a whole number, at least 0'],
    [
      '{"kind":"event","seq":1,"at":0,"client":"","type":"A","application":"","event":{},"objects":["a:b"]}',
      'line 2 of the trace: objects.0 must be an object such as channel:ID, not "a:b"',
    ],
    [
      '{"kind":"dropped","seq":1,"at":1e300,"client":"","count":2}',
      'line 2 of the trace: at must be milliseconds since 1970, not 1e+300',
    ],
    [
      '{"kind":"dropped","seq":1,"at":0,"client":"","count":-2}',
      'line 2 of the trace: count must be a whole number, at least 0, not -2',
    ],
    [
      '{"kind":"connection","seq":1,"at":0,"client":"","state":"up","previous":"open","apps":[],"server":""}',
      'line 2 of the trace: state must be connecting or open or reconnecting or replaced or closed, not "up"',
    ],
    [
      `{"kind":"a","seq":1,"at":0,"client":"","of":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      'line 2 of the trace must be nested no deeper than 200 levels',
    ],
  ])('that are wrong are refused by their number: %.70s', (line, message) => {
    const first = stringify([{ kind: 'dropped', seq: 1, at: 0, client: '', count: 2 }]);
    expect(() => parse(`${first}${line}\n`)).toThrow(message);
  });

  it('may begin with a byte-order mark', () => {
    const one = stringify([{ kind: 'dropped', seq: 1, at: 0, client: '', count: 2 }]);
    expect(parse(`\uFEFF${one}\uFEFF${one}`)).toHaveLength(2);
  });

  it('are refused in our words, or give what can be drawn, whatever is in them', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-1, 1e300, -1e300, 1.5, 2 ** 60, '', '\u0000', 'channel:', [null], { channels: 1 }),
      fc.integer({ min: 1, max: 300 }).map((levels) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown),
    );
    const broken = fc
      .tuple(entry, fc.nat(), anything)
      .map(([of, at, value]) => ({ ...of, [Object.keys(of)[at % Object.keys(of).length] ?? '']: value }));
    fc.assert(
      fc.property(fc.array(fc.oneof(broken, entry, anything), { maxLength: 6 }), (lines) => {
        const text = lines.map((line) => JSON.stringify(line)).join('\n');
        let read: TraceEntry[];
        try {
          read = parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AriValidationError);
          expect((error as Error).message).toMatch(/^line \d of the trace/);
          return;
        }
        for (const draw of [ladder, mermaid, html, stringify]) {
          expect(draw(read)).toBeTypeOf('string');
        }
        expect(ladder(read, { times: 'clock' })).toBeTypeOf('string');
        expect(callsOf(read)).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is no trace', () => {
  const where = { seq: 1, at: 0, client: '' };
  const wrong: readonly (readonly [value: unknown, said: string])[] = [
    [undefined, 'trace must be a list of entries, as record, parse and traceOf give them, not undefined'],
    [{ history: [] }, 'not an object'],
    ['{}', 'not "{}"'],
    [[undefined], 'entry 0 is missing; must be an object'],
    [[{ ...where, kind: 'event', at: Number.NaN }], 'entry 0: at must be milliseconds since 1970, not NaN'],
    [
      [{ ...where, kind: 'event', type: 'Dial', application: '', objects: [] }],
      'entry 0: event is missing; must be an',
    ],
    [[{ ...where, kind: 'event', type: 'Dial', application: '', event: {} }], 'entry 0: objects is missing; must be a'],
    [[{ ...where, kind: 'request' }], 'entry 0: id is missing; must be a whole number, at least 0'],
    [
      [
        { ...where, kind: 'dropped', count: 1 },
        { ...where, kind: 'gap' },
      ],
      'entry 1: durationMs is missing',
    ],
    [[{ ...where, kind: 'unknown' }], 'entry 0: data is missing; must be an object'],
    [[{ ...where, kind: 'unknown', data: { kind: 'audio' } }], 'entry 0: data: seq is missing; must be a whole number'],
  ];

  it.each(Object.entries({ ladder, mermaid, html, stringify, callsOf }))('is refused by %s', (name, take) => {
    for (const [value, said] of wrong) {
      expect(() => take(value as never)).toThrow(AriValidationError);
      expect(() => take(value as never)).toThrow(said);
      expect(() => take(value as never)).toThrow(`${name}: `);
    }
  });

  it('is refused by parse and cutCall as well', () => {
    expect(() => parse(Buffer.from('') as never)).toThrow('parse: text must be a string of JSON lines, not a Buffer');
    expect(() => cutCall([], undefined as never)).toThrow('cutCall: channelId is missing; must be the id of a channel');
  });
});
