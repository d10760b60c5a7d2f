import type { WebSocket } from 'ws';
import { AriError } from '../errors/ari-error.js';

/** A frame, and whether it is binary. */
export type Frame = readonly [frame: Buffer, isBinary: boolean];

/** What a new connection has told of itself. */
export interface Greeting {
  readonly apps: readonly string[];
  readonly asteriskId: string;
  readonly release: string | undefined;
  /** Gives up what has come so far and is for the client; from then on somebody else reads. */
  readonly take: () => readonly Frame[];
}

/** So much of what was queued for us while there was no connection is held; then one goes on with what is known. */
const maxHeld = { frames: 10_000, bytes: 16 * 1024 * 1024 };

const requestId = 'asterisk-ari:greeting';

const question = JSON.stringify({
  type: 'RESTRequest',
  request_id: requestId,
  method: 'GET',
  uri: 'asterisk/info?only=system',
});

interface Message {
  readonly type?: unknown;
  readonly application?: unknown;
  readonly asterisk_id?: unknown;
  readonly request_id?: unknown;
  readonly message_body?: unknown;
}

/**
 * Waits until a new connection has told who it is. Asterisk sends what it has kept, then one `ApplicationRegistered` for
 * each application, and then begins to answer requests: so the answer to one says that all applications are known, and
 * which release it is. The socket is paused afterwards.
 * @throws {AriError} if nothing of that comes
 */
export function greet(socket: WebSocket, timeoutMs: number): Promise<Greeting> {
  return new Promise((resolve, reject) => {
    const known = new Introduction();
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      socket.off('close', onClose);
      finish();
    };
    const done = (): void => {
      if (known.apps.size === 0) {
        settle(() => reject(new AriError(`no application was registered within ${timeoutMs} ms`)));
        return;
      }
      socket.pause();
      const take = (): readonly Frame[] => {
        socket.off('message', onMessage);
        return known.frames;
      };
      settle(() => resolve({ ...known.told, take }));
    };
    const onMessage = (data: Buffer, isBinary: boolean): void => {
      // Not earlier: what comes with our part of the handshake, Asterisk reads only when something else has come.
      if (known.frames.length === 0) {
        socket.send(question);
      }
      if (known.hear(data, isBinary)) {
        done();
      }
    };
    const onClose = (code: number): void =>
      settle(() => reject(new AriError(`the connection was closed (${code}) before it named its applications`)));
    const timer = setTimeout(done, timeoutMs);
    socket.on('message', onMessage);
    socket.once('close', onClose);
  });
}

/** What has been said so far. */
class Introduction {
  readonly apps = new Set<string>();
  readonly frames: Frame[] = [];
  #bytes = 0;
  #asteriskId = '';
  #release: string | undefined;
  #isDone = false;

  get told(): Omit<Greeting, 'take'> {
    return { apps: [...this.apps], asteriskId: this.#asteriskId, release: this.#release };
  }

  /** True if with this all that is needed is known. */
  hear(data: Buffer, isBinary: boolean): boolean {
    const message = isBinary || this.#isDone ? undefined : parse(data);
    if (message?.type === 'RESTResponse' && message.request_id === requestId) {
      this.#release = releaseOf(message);
      this.#isDone = true;
      return true;
    }
    this.frames.push([data, isBinary]);
    this.#bytes += data.length;
    this.#note(message);
    const isFull = this.frames.length >= maxHeld.frames || this.#bytes >= maxHeld.bytes;
    return isFull && !this.#isDone && (this.#isDone = true);
  }

  /** What was kept for an application names it, too. */
  #note(message: Message | undefined): void {
    if (typeof message?.application === 'string') {
      this.apps.add(message.application);
    }
    if (typeof message?.asterisk_id === 'string') {
      this.#asteriskId = message.asterisk_id;
    }
  }
}

function releaseOf({ message_body: body }: Message): string | undefined {
  const info = typeof body === 'string' ? parse(body) : undefined;
  const { version } = ((info as { system?: unknown } | undefined)?.system ?? {}) as { version?: unknown };
  return typeof version === 'string' ? version : undefined;
}

/** What is no JSON object is the client's business. */
function parse(data: Buffer | string): Message | undefined {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
