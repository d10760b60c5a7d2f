import type { IncomingMessage, ServerResponse } from 'node:http';
import fc from 'fast-check';
import { anyFrame } from '../../support/any-event.js';

/** What a hostile server answers a request over HTTP with. */
export type HttpAnswer =
  | { readonly kind: 'body'; readonly status: number; readonly type: string; readonly body: string }
  /** A body that ends before its length. */
  | { readonly kind: 'cut'; readonly body: string }
  /** Bytes that may be no HTTP at all. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' };

/** What it answers a request over the event connection with; `undefined` for nothing. */
export type SocketAnswer = Readonly<Record<string, unknown>> | undefined;

/** One thing that happens in a session. */
export type Step =
  | { readonly do: 'frame'; readonly text: string }
  | { readonly do: 'binary'; readonly bytes: Uint8Array }
  | { readonly do: 'bytes'; readonly bytes: Uint8Array }
  | { readonly do: 'answerHttp'; readonly answer: HttpAnswer }
  | { readonly do: 'answerSocket'; readonly answers: readonly SocketAnswer[] }
  | { readonly do: 'refuse'; readonly status: number }
  | { readonly do: 'welcome' }
  | { readonly do: 'close'; readonly code: number }
  | { readonly do: 'cut' }
  | { readonly do: 'request'; readonly operation: number; readonly isAwaited: boolean }
  | {
      readonly do: 'listen';
      readonly how: 'on' | 'once' | 'stream' | 'waitFor';
      readonly where: number;
      readonly type: number;
    }
  | { readonly do: 'dispatch'; readonly event: unknown }
  | { readonly do: 'start' | 'stop' | 'pause' };

const anyJson = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, [], {}, [null], 7, { message: 5 }));
/** Fields that the client itself reads. */
const answer = fc.dictionary(
  fc.constantFrom('id', 'name', 'message', 'system', 'channel_ids', 'bridge_ids', 'device_names', 'events_allowed'),
  fc.oneof(anyJson, fc.constantFrom('x', ['x'], [{}])),
);
const anyBody = fc.oneof(
  fc
    .oneof(anyJson, answer, fc.array(fc.oneof(answer, fc.constantFrom(null, 7, [])), { minLength: 1, maxLength: 3 }))
    .map((value) => JSON.stringify(value)),
  fc.string(),
  fc.constantFrom('<html>', '{', '[]'),
);
const status = fc.constantFrom(200, 200, 200, 200, 200, 200, 201, 204, 301, 400, 401, 404, 409, 422, 500, 502, 503);
const type = fc.constantFrom('application/json', 'text/html', '', 'application/json; charset=x', '\u0001');
const bytes = fc.uint8Array({ maxLength: 40 });

const httpAnswer: fc.Arbitrary<HttpAnswer> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('body'), status, type, body: anyBody }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), body: anyBody }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('bytes'), bytes }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reset' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'silence' as const }) },
);

const oddField = fc.oneof(anyJson, fc.constantFrom(200, 204, 404, 503, 'OK', 'application/json', '{"id":"x"}', '[]'));
const socketAnswer: fc.Arbitrary<SocketAnswer> = fc.option(
  fc.record(
    {
      status_code: oddField,
      reason_phrase: oddField,
      content_type: oddField,
      message_body: oddField,
      request_id: oddField,
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

function of<T extends string, F extends Record<string, fc.Arbitrary<unknown>>>(name: T, fields: F) {
  return fc.record({ do: fc.constant(name), ...fields }) as fc.Arbitrary<
    { readonly do: T } & { readonly [K in keyof F]: F[K] extends fc.Arbitrary<infer V> ? V : never }
  >;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: of('frame', { text: anyFrame }) },
  { weight: 1, arbitrary: of('binary', { bytes }) },
  { weight: 1, arbitrary: of('bytes', { bytes }) },
  { weight: 8, arbitrary: of('answerHttp', { answer: httpAnswer }) },
  { weight: 4, arbitrary: of('answerSocket', { answers: fc.array(socketAnswer, { maxLength: 2 }) }) },
  { weight: 1, arbitrary: of('refuse', { status }) },
  { weight: 1, arbitrary: of('welcome', {}) },
  { weight: 1, arbitrary: of('close', { code: fc.constantFrom(1000, 1001, 1008, 1011, 3000) }) },
  { weight: 1, arbitrary: of('cut', {}) },
  { weight: 8, arbitrary: of('request', { operation: fc.nat(), isAwaited: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: of('listen', {
      how: fc.constantFrom('on' as const, 'once' as const, 'stream' as const, 'waitFor' as const),
      where: fc.nat(),
      type: fc.nat(),
    }),
  },
  { weight: 2, arbitrary: of('dispatch', { event: anyJson }) },
  { weight: 1, arbitrary: of('start', {}) },
  { weight: 1, arbitrary: of('stop', {}) },
  { weight: 4, arbitrary: of('pause', {}) },
);

/** How a client behaves, and what happens to it. */
export const session = fc.record({
  options: fc.record({
    transport: fc.constantFrom('auto' as const, 'http' as const, 'websocket' as const),
    validation: fc.constantFrom('none' as const, 'envelope' as const, 'full' as const),
    whenInvalid: fc.constantFrom('deliver' as const, 'drop' as const),
    eventFilter: fc.constantFrom('auto' as const, false as const),
    whenReplaced: fc.constantFrom('yield' as const, 'takeBack' as const),
  }),
  steps: fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
});

/** Gives a hostile answer. */
export function give(answer: HttpAnswer, _request: IncomingMessage, response: ServerResponse): void {
  switch (answer.kind) {
    case 'body':
      response.socket?.write(headOf(answer.status, answer.type, answer.body));
      return;
    case 'cut':
      response.socket?.end(headOf(200, 'application/json', answer.body).slice(0, -1));
      return;
    case 'bytes':
      response.socket?.end(answer.bytes);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
  }
}

function headOf(status: number, type: string, body: string): string {
  const head = `HTTP/1.1 ${status} Words\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `${head}connection: close\r\n\r\n${body}`;
}
