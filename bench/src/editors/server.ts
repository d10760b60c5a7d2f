import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** What a server answers with, in one protocol or the other. */
export interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly request_seq?: number;
  readonly result?: unknown;
  readonly body?: unknown;
}

/** A server that an editor asks: messages with their length before them, each answer by the number of its question. */
export class Server {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #received = Buffer.alloc(0);
  #count = 0;

  constructor(...args: readonly string[]) {
    this.#process = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#process.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  send(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Asks by the text that is made of a number, and waits for the answer that has it. */
  ask(textOf: (id: number) => string): Promise<Answer> {
    this.#count += 1;
    const id = this.#count;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.send(textOf(id));
    });
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n');
      if (head === -1) return;
      const start = head + 4;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, head))?.[1]);
      if (this.#received.length < start + length) return;
      const message = JSON.parse(this.#received.toString('utf8', start, start + length)) as Answer;
      this.#received = this.#received.subarray(start + length);
      if (message.method === undefined) this.#waiting.get(message.request_seq ?? message.id ?? 0)?.(message);
      // What the server asks, for settings for instance, an editor may have no answer to.
      else if (message.id !== undefined) this.send(framed({ id: message.id, result: null }));
    }
  }
}

/** A message of the Language Server Protocol. */
export function framed(message: object): string {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
