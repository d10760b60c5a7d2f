import { setTimeout as sleep } from 'node:timers/promises';
import { AriConnectionError, AriError, connect, type AriClient, type ConnectOptions } from 'asterisk-ari';
import type { Operation } from 'asterisk-ari/runtime';
import type { WebSocket } from 'ws';
import { bindings } from '../../../generated/v22/bindings.js';
import { json, RawAsterisk } from '../../faults/support/raw-asterisk.js';
import { start } from '../../support/events.js';
import { listenEverywhere } from '../../support/listen-everywhere.js';
import { callOperation, operations } from '../../support/operations.js';
import { give, type SocketAnswer, type Step } from './steps.js';

/** What listeners of a session throw: the only errors that may be none of the library. */
class ListenerFault extends Error {}

const types = [
  ...Object.keys(bindings.events),
  '*',
  'unknown',
  'malformed',
  'invalid',
  'state',
  'gap',
  'present',
  'replaced',
  'slow',
];

/** Operations whose answers are read weigh more: each of them is there twice. */
const telling = [...operations, ...operations.filter(({ returns }) => returns.kind !== 'void')];

/** A client and a server that does to it whatever the steps say. */
export class Session implements AsyncDisposable {
  readonly #raw: RawAsterisk;
  readonly #client: AriClient;
  /** What is not to happen, as it happened. */
  readonly faults: string[] = [];
  readonly #pending = new Set<Promise<unknown>>();
  #socketAnswers: readonly SocketAnswer[] = [undefined];
  #count = 0;
  #hearsAgain = false;
  /** Bytes that were no frames may be the beginning of a long one, in which all others would get lost. */
  #isGarbled = false;

  private constructor(raw: RawAsterisk, client: AriClient) {
    this.#raw = raw;
    this.#client = client;
    client.on('listenerError', ({ error }) => this.#expectOurs('a listener', error));
    client.on('malformed', ({ text, reason }) => this.#expectMalformed(text, reason));
    raw.received = (message, socket) => this.#answerSocket(message, socket);
  }

  static async begin(options: ConnectOptions): Promise<Session> {
    const raw = await RawAsterisk.start();
    raw.answer = (_, response) => json(response, 200, { system: { version: '22.10.1', entity_id: '02:00' } });
    const lines: string[] = [];
    const write = (line: string): unknown => lines.push(line);
    const client = await insist(() =>
      connect(raw.url, 'ari', 'secret', {
        timeoutMs: 50,
        retry: { maxRetries: 1, minDelayMs: 1, maxDelayMs: 2 },
        reconnect: { minDelayMs: 1, maxDelayMs: 5 },
        slowAfterMs: 0,
        logger: { debug: write, info: write, warn: write, error: write },
        ...options,
      }),
    );
    const session = new Session(raw, client);
    session.#watch(lines);
    listenEverywhere(client);
    await insist(() => client.start('hello'));
    return session;
  }

  async take(step: Step): Promise<void> {
    const { sockets } = this.#raw;
    const socket = sockets.at(-1);
    switch (step.do) {
      case 'frame':
        return socket?.send(step.text);
      case 'binary':
        return socket?.send(step.bytes);
      case 'bytes':
        this.#isGarbled ||= socket !== undefined;
        return socket === undefined ? undefined : this.#raw.write(Buffer.from(step.bytes));
      case 'answerHttp':
        this.#raw.answer = (request, response) => give(step.answer, request, response);
        return;
      case 'answerSocket':
        this.#socketAnswers = step.answers;
        return;
      case 'refuse':
        this.#raw.refusal = (_, wire) => wire.end(`HTTP/1.1 ${step.status} No\r\ncontent-length: 0\r\n\r\n`);
        return;
      case 'welcome':
        this.#raw.refusal = undefined;
        return;
      case 'close':
        return socket?.close(step.code);
      case 'cut':
        return socket?.terminate();
      case 'request': {
        const operation = telling[step.operation % telling.length] as Operation;
        const settled = this.#expect(callOperation(this.#client, operation, { timeoutMs: 50 }));
        return step.isAwaited ? settled : undefined;
      }
      case 'listen':
        return this.#listen(step);
      case 'dispatch':
        return this.#client.dispatch(step.event as object);
      case 'start':
        return void this.#expect(this.#client.start('hello'));
      case 'stop':
        return void this.#expect(this.#client.stop());
      case 'pause':
        await sleep(2);
    }
  }

  /** The server is sound again: the client must hear an event within seconds, and every promise must be kept or broken. */
  async recover(): Promise<void> {
    this.#raw.answer = (_, response) => json(response, 404, { message: 'Not found' });
    this.#raw.refusal = undefined;
    this.#socketAnswers = [
      { status_code: 404, message_body: '{"message":"Not found"}', content_type: 'application/json' },
    ];
    if (this.#isGarbled) {
      this.#raw.sockets.forEach((socket) => socket.terminate());
    }
    this.#client.channels.handle('after').on('StasisStart', () => (this.#hearsAgain = true));
    const deadline = performance.now() + 5_000;
    while (!this.#hearsAgain && performance.now() < deadline) {
      if (this.#client.state === 'closed' || this.#client.state === 'replaced') {
        await this.#client.start('hello').catch((error: unknown) => this.#expectOurs('start()', error));
      }
      this.#raw.sockets.forEach((socket) => socket.send(JSON.stringify(start('after'))));
      await sleep(5);
    }
    if (!this.#hearsAgain) {
      this.faults.push(`no event is heard any more; the client is ${this.#client.state}`);
    }
  }

  /** Closes the client; whatever is still waited for must end with it. */
  async end(): Promise<void> {
    const closed = Promise.all([this.#client.close(), ...this.#pending]);
    const done = await Promise.race([closed.then(() => true), sleep(5_000).then(() => false)]);
    if (!done) {
      this.faults.push('something is still waited for after close()');
    }
    if (this.#raw.sockets.length > 0) {
      await sleep(50);
    }
    if (this.#raw.sockets.length > 0) {
      this.faults.push('a socket is open after close()');
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#raw[Symbol.asyncDispose]();
  }

  #answerSocket(message: string, socket: WebSocket): void {
    const { request_id, uri } = JSON.parse(message) as { request_id: string; uri: string };
    // Without an answer to its ping, the client would send nothing else this way.
    const isPing = uri === 'asterisk/ping' && this.#socketAnswers.length > 0;
    for (const answer of isPing ? [{ status_code: 200 }] : this.#socketAnswers) {
      if (answer !== undefined) {
        socket.send(JSON.stringify({ type: 'RESTResponse', request_id, ...answer }));
      }
    }
  }

  #listen({ how, where, type: index }: Step & { readonly do: 'listen' }): void {
    const scopes = [this.#client, this.#client.channels, this.#client.channels.handle('1'), this.#client.bridges];
    const scope = scopes[where % scopes.length] as AriClient;
    const type = types[index % types.length] as 'StasisStart';
    try {
      if (how === 'on' || how === 'once') {
        scope[how](type, (...args: unknown[]) => this.#hear(args));
      } else if (how === 'waitFor') {
        void this.#expect(scope.waitFor(type, { timeoutMs: index % 3 === 0 ? 20 : 0 }));
      } else {
        void this.#expect(drain(scope.stream(type, { maxQueued: 5 })));
      }
    } catch (error) {
      this.#expectOurs(how, error);
    }
  }

  /** Does with an event what applications do, and fails now and then. */
  #hear(args: readonly unknown[]): unknown {
    this.#count += 1;
    const [subject] = args as [
      { on?(type: string, listener: () => void): unknown; get?(): Promise<unknown> } | undefined,
    ];
    switch (this.#count % 5) {
      case 1:
        return subject?.on?.('StasisEnd', () => undefined);
      case 2:
        return subject?.get?.();
      case 3:
        throw new ListenerFault();
      case 4:
        return Promise.reject(new ListenerFault());
      default:
        return undefined;
    }
  }

  #expect(outcome: Promise<unknown>): Promise<void> {
    const settled = outcome.then(
      () => undefined,
      (error: unknown) => this.#expectOurs('a call', error),
    );
    this.#pending.add(settled);
    void settled.finally(() => this.#pending.delete(settled));
    return settled;
  }

  #expectOurs(where: string, error: unknown): void {
    if (!(error instanceof AriError) && !(error instanceof ListenerFault)) {
      this.faults.push(`${where} failed with ${error instanceof Error ? error.stack : String(error)}`);
    }
  }

  /** No event that is one is told as something else. */
  #expectMalformed(text: string, reason: string): void {
    try {
      const { type } = JSON.parse(text) as { type?: unknown };
      if (typeof type === 'string' && type !== 'RESTResponse' && reason !== 'a binary frame') {
        this.faults.push(`malformed (${reason}): ${text}`);
      }
    } catch {
      // So it is.
    }
  }

  /** No line of the log tells of an error that is none of the library. */
  #watch(lines: string[]): void {
    lines.push = (line: string): number => {
      if (/\b(Type|Range|Reference|Syntax)Error\b/.test(line)) {
        this.faults.push(`in the log: ${line}`);
      }
      return 0;
    };
  }
}

/** On a busy machine even a sound server may take longer than the short time that these clients have. */
async function insist<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AriConnectionError)) {
        throw error;
      }
    }
  }
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const each of stream) {
    void each;
  }
}
