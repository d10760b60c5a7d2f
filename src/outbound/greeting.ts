import type { WebSocket } from 'ws';
import { readDate } from '../domain/date.js';
import { AriError } from '../errors/ari-error.js';
import { HeldFrames, parseMessage, type Frame, type Message } from './held-frames.js';

/** What a new connection has told of itself. */
export interface Greeting {
  readonly apps: readonly string[];
  readonly asteriskId: string;
  readonly release: string | undefined;
  /** When that Asterisk was started, by its own clock; in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  /** When it connected, by the same clock. */
  readonly saidAt: number | undefined;
  /** Whether the call of a channel of this name has begun in what has come so far. */
  readonly begins: (channelName: string) => boolean;
  /** Asks whether there is a channel; `undefined` if that is not answered. */
  readonly hasChannel: (id: string) => Promise<boolean | undefined>;
  /** Gives up what has come so far and is for the client; from then on somebody else reads. */
  readonly take: () => readonly Frame[];
}

const notFound = 404;

/**
 * Waits until a new connection has told who it is. Asterisk sends what it has kept, then one `ApplicationRegistered` for
 * each application, and then begins to answer requests: so the answer to one says that all applications are known, and
 * which Asterisk it is. The socket is paused afterwards.
 * @throws {AriError} if nothing of that comes
 */
export async function greet(socket: WebSocket, timeoutMs: number): Promise<Greeting> {
  const talk = new Talk(socket, timeoutMs);
  const answer = await talk.ask('asterisk/info?only=system,status');
  const { apps, asteriskId, saidAt } = talk.held;
  if (answer === undefined && talk.closedWith !== undefined) {
    throw new AriError(`the connection was closed (${talk.closedWith}) before it named its applications`);
  }
  if (apps.size === 0) {
    throw new AriError(`no application was registered within ${timeoutMs} ms`);
  }
  return {
    apps: [...apps],
    asteriskId,
    saidAt,
    ...factsOf(answer),
    begins: (channelName) => talk.held.begins(channelName),
    hasChannel: async (id) => {
      const { status_code } = (await talk.ask(`channels/${encodeURIComponent(id)}`)) ?? {};
      return status_code === undefined ? undefined : status_code !== notFound;
    },
    take: () => talk.end(),
  };
}

/** What is said on a socket before there is a client for it; between two questions it is paused. */
class Talk {
  readonly held = new HeldFrames();
  closedWith: number | undefined;
  readonly #socket: WebSocket;
  readonly #timeoutMs: number;
  readonly #onMessage = (data: Buffer, isBinary: boolean): void => this.#hear(data, isBinary);
  #count = 0;
  /** What is to be sent, once something has come. */
  #question: string | undefined;
  #onAnswer: ((answer: Message | undefined) => void) | undefined;

  constructor(socket: WebSocket, timeoutMs: number) {
    this.#socket = socket;
    this.#timeoutMs = timeoutMs;
    socket.on('message', this.#onMessage);
    socket.once('close', (code) => {
      this.closedWith = code;
      this.#onAnswer?.(undefined);
    });
  }

  /** Asks for something. Resolves with nothing if there is no answer in time, or more comes before it than can be held. */
  async ask(uri: string): Promise<Message | undefined> {
    if (this.closedWith !== undefined || this.held.isFull) {
      return undefined;
    }
    this.#count += 1;
    this.#question = JSON.stringify({ type: 'RESTRequest', request_id: this.#requestId, method: 'GET', uri });
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<Message | undefined>((resolve) => {
      timer = setTimeout(resolve, this.#timeoutMs, undefined);
      this.#onAnswer = resolve;
    });
    // Not earlier: what comes with our part of the handshake, Asterisk reads only when something else has come.
    if (this.held.all.length > 0) {
      this.#send();
    }
    this.#socket.resume();
    const answer = await answered;
    clearTimeout(timer);
    this.#answer(undefined);
    return answer;
  }

  end(): readonly Frame[] {
    this.#socket.off('message', this.#onMessage);
    return this.held.all;
  }

  get #requestId(): string {
    return `asterisk-ari:greeting:${this.#count}`;
  }

  #send(): void {
    if (this.#question !== undefined) {
      this.#socket.send(this.#question);
      this.#question = undefined;
    }
  }

  #hear(data: Buffer, isBinary: boolean): void {
    const message = isBinary || this.#onAnswer === undefined ? undefined : parseMessage(data);
    if (message?.type === 'RESTResponse' && message.request_id === this.#requestId) {
      this.#answer(message);
      return;
    }
    this.held.hold(data, isBinary, message);
    this.#send();
    if (this.held.isFull) {
      this.#answer(undefined);
    }
  }

  #answer(answer: Message | undefined): void {
    this.#socket.pause();
    this.#onAnswer?.(answer);
    this.#onAnswer = undefined;
  }
}

/** The answer of `GET /asterisk/info`, as far as it matters. */
interface Info {
  readonly system?: { readonly version?: unknown } | null;
  readonly status?: { readonly startup_time?: unknown } | null;
}

function factsOf(answer: Message | undefined): Pick<Greeting, 'release' | 'startedAt'> {
  const body = answer?.message_body;
  const { system, status } = (typeof body === 'string' ? (parseMessage(body) as Info | undefined) : undefined) ?? {};
  const version = system?.version;
  return {
    release: typeof version === 'string' ? version : undefined,
    startedAt: readDate(status?.startup_time)?.getTime(),
  };
}
