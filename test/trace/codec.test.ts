import { parse, stringify, type ObjectRef, type TraceEntry } from 'asterisk-ari/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const text = fc.string({ unit: 'binary' });
const place = { seq: fc.nat(), at: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), client: text };
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
    ['7', 'line 2 of the trace: Invalid input: expected object, received number'],
    ['{"kind":"dropped","seq":1,"at":0,"client":""}', 'line 2 of the trace: count: Invalid input'],
    ['{"kind":"other","at":0,"client":""}', 'line 2 of the trace: seq: Invalid input'],
    [
      '{"kind":"event","seq":1,"at":0,"client":"","type":"A","application":"","event":{},"objects":["a:b"]}',
      'line 2 of the trace: objects.0: must be an object such as channel:ID',
    ],
  ])('that are wrong are refused by their number: %s', (line, message) => {
    const first = stringify([{ kind: 'dropped', seq: 1, at: 0, client: '', count: 2 }]);
    expect(() => parse(`${first}${line}\n`)).toThrow(message);
  });
});
