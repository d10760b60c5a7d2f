/**
 * Spans of requests and metrics of events for OpenTelemetry, out of Node's diagnostics channels. Nothing of the client is
 * wrapped or replaced:
 *
 * ```ts
 * import { metrics, trace } from '@opentelemetry/api';
 *
 * instrument(trace.getTracer('asterisk-ari'), metrics.getMeter('asterisk-ari'));
 * ```
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ConnectionMessage, EventMessage, RequestMessage } from 'asterisk-ari';

type Attributes = Record<string, string | number>;

/** What is used of OpenTelemetry's `Span`. */
export interface Span {
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  recordException(error: Error): void;
  end(): void;
}

/** What is used of OpenTelemetry's `Tracer`. */
export interface Tracer {
  startSpan(name: string, options: { kind: number; attributes: Attributes }): Span;
}

/** What is used of OpenTelemetry's `Meter`. */
export interface Meter {
  createCounter(name: string): { add(value: number, attributes: Attributes): void };
}

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR`. */
const clientKind = 2;
const errorStatus = 2;

export function instrument(tracer: Tracer, meter: Meter): () => void {
  // One and the same message comes at the start and at the end of a request.
  const ends: (() => void)[] = [];
  const spans = new WeakMap<RequestMessage, Span>();
  const events = meter.createCounter('ari.events');
  const changes = meter.createCounter('ari.connection.changes');

  hear('asterisk-ari:request:start', (message) => {
    const request = message as RequestMessage;
    const { operation, method, path, server } = request;
    const attributes = { 'http.request.method': method, 'url.path': `/ari${path}`, 'server.address': server };
    spans.set(request, tracer.startSpan(operation, { kind: clientKind, attributes }));
  });
  hear('asterisk-ari:request:end', (message) => end(message as RequestMessage));
  hear('asterisk-ari:request:error', (message) => end(message as RequestMessage));
  hear('asterisk-ari:event', (message) => {
    const { server, event } = message as EventMessage;
    events.add(1, { server, type: typeOf(event) });
  });
  hear('asterisk-ari:connection', (message) => {
    const { server, state } = message as ConnectionMessage;
    changes.add(1, { server, state });
  });

  return () => ends.forEach((each) => each());

  function hear(name: string, listener: (message: unknown) => void): void {
    subscribe(name, listener);
    ends.push(() => unsubscribe(name, listener));
  }

  function end(request: RequestMessage): void {
    const span = spans.get(request);
    span?.setAttribute('http.request.resend_count', request.attempts - 1);
    if (request.status !== undefined) {
      span?.setAttribute('http.response.status_code', request.status);
    }
    if (request.error instanceof Error) {
      span?.recordException(request.error);
      span?.setStatus({ code: errorStatus, message: request.error.message });
    }
    span?.end();
  }
}

/** The text is as it came from the network: what fails here would end the process. */
function typeOf(event: string): string {
  try {
    return (JSON.parse(event) as { type?: string }).type ?? 'malformed';
  } catch {
    return 'malformed';
  }
}
