import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { WebSocket } from 'ws';
import type { RawTarget } from '../raw.js';
import { flatten, normalise } from '../trace/normalise.js';
import { ObjectTraces } from '../trace/objects.js';
import type { ObjectTrace } from '../trace/trace.js';
import { applications, named, type Request, type Step } from './step.js';

/** An answer: to what, with which status and words, and the fields of its body. */
export interface Answered {
  readonly line: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What one server did upon a step: its answers, in the order in which they came, and the events of each object. */
export interface Observed {
  readonly answers: readonly Answered[];
  readonly objects: readonly ObjectTrace[];
}

/** Objects by what they are, with their fields. */
export type State = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** How long to wait for a server, in milliseconds. */
export interface Patience {
  /** A step is over when nothing has come for so long. */
  readonly quietMs: number;
  /** An answer that has not come by then comes later, if ever: the walk goes on. */
  readonly answerMs: number;
}

export const brisk: Patience = { quietMs: 40, answerMs: 300 };
export const patient: Patience = { quietMs: 200, answerMs: 1500 };

/** The server that a walk is made on is not there any more. */
export class ServerGone extends Error {}

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly location: string;
  readonly allow: string;
  readonly type: string;
  readonly body: string;
}

/** One server with one walk on it. */
export class Side {
  readonly #target: RawTarget;
  readonly #prefix: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #patience: Patience;
  #socket: WebSocket | undefined;
  #answers: Answered[] = [];
  #events: ObjectTraces;
  #lastMoment = 0;
  #count = 0;
  readonly #pending = new Map<string, (answer: Answer) => void>();

  private constructor(target: RawTarget, prefix: string, patience: Patience) {
    this.#target = target;
    this.#prefix = prefix;
    this.#patience = patience;
    this.#events = new ObjectTraces(prefix);
  }

  /** Connects both applications of the walk. */
  static async open(target: RawTarget, prefix: string, patience: Patience): Promise<Side> {
    const side = new Side(target, prefix, patience);
    await side.#connect();
    return side;
  }

  /** Takes a step as far as its answer, or until that is late; gives what was answered. */
  async take(step: Step): Promise<readonly Answered[]> {
    const from = Date.now();
    this.#lastMoment = from;
    if ('pause' in step) {
      await this.#untilQuiet(from + step.pause);
    } else {
      const sent = this.#send(named(step, this.#prefix), step);
      // An answer that comes later still counts, and so does one that fails to.
      sent.catch(() => undefined);
      await Promise.race([sent, pause(this.#patience.answerMs)]);
    }
    return this.#answers;
  }

  /** Waits until nothing more comes of the step, for so many milliseconds at least, and says what did. */
  async settle(atLeastMs: number): Promise<Observed> {
    await this.#untilQuiet(Date.now() + atLeastMs);
    return { answers: this.#answers, objects: this.#events.traces };
  }

  /** What comes from now on belongs to the next step. */
  forget(): void {
    this.#answers = [];
    this.#events = new ObjectTraces(this.#prefix);
  }

  /** What there is now: every object that the walk may know, with its fields as ARI shows them. */
  async state(): Promise<State> {
    const state = new Map<string, Readonly<Record<string, string>>>();
    for (const path of STATE) {
      const { status, body } = await this.#http({ method: 'GET', path: named(path, this.#prefix) });
      if (status !== 200) continue;
      for (const item of [JSON.parse(body) as unknown].flat() as Readonly<Record<string, unknown>>[]) {
        const label = this.#plain(`${path} ${textOf(item['id'])} ${textOf(item['name'])}`);
        const fields = Object.entries(flatten(item, this.#prefix)).map(([field, value]) => [field, sorted(value)]);
        state.set(label, Object.fromEntries(fields) as Record<string, string>);
      }
    }
    return state;
  }

  close(): void {
    this.#socket?.terminate();
    this.#agent.destroy();
  }

  async #connect(): Promise<void> {
    const { url, username, password } = this.#target;
    const app = named(applications, this.#prefix).join(',');
    const address = `${url.replace('http', 'ws')}/ari/events?app=${app}`;
    const socket = new WebSocket(address, { headers: { Authorization: basic(username, password) } });
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(JSON.parse(data.toString('utf8')) as Record<string, unknown>));
    socket.on('error', () => undefined);
    await once(socket, 'open');
  }

  #receive(event: Record<string, unknown>): void {
    this.#lastMoment = Date.now();
    const answer = event['type'] === 'RESTResponse' ? this.#pending.get(String(event['request_id'])) : undefined;
    if (!answer) {
      this.#events.add(event);
      return;
    }
    this.#pending.delete(String(event['request_id']));
    answer({
      status: Number(event['status_code']),
      reason: String(event['reason_phrase']),
      location: String(event['uri']),
      allow: '',
      type: String(event['content_type']),
      body: textOf(event['message_body']),
    });
  }

  async #send(request: Request, original: Request): Promise<void> {
    const answer = request.socket ? await this.#overSocket(request) : await this.#http(request);
    this.#lastMoment = Date.now();
    const { status, reason, location, allow, type, body } = answer;
    const fields = this.#fields(body);
    const said = [status, reason, location, allow, type, fields['message'] ?? '']
      .map(String)
      .map((text) => this.#plain(text));
    this.#answers.push({ line: `${original.method} ${original.path}: ${said.join(' | ')}`, fields });
  }

  #fields(body: string): Record<string, string> {
    try {
      const json: unknown = JSON.parse(body);
      if (Array.isArray(json)) {
        // Which of several comes first means nothing.
        const items = json.map((item) => this.#plain(JSON.stringify(flatten(item as object, this.#prefix))));
        return { items: items.sort().join(', ') };
      }
      return flatten(json as object, this.#prefix);
    } catch {
      return { body: this.#plain(body.replaceAll(/\r?\n/g, ' ')) };
    }
  }

  #overSocket({ method, path, query, body }: Request): Promise<Answer> {
    this.#count += 1;
    const id = String(this.#count);
    const message = {
      type: 'RESTRequest',
      request_id: id,
      method,
      uri: path.slice(1),
      query_strings: Object.entries(query ?? {}).map(([name, value]) => ({ name, value })),
      ...(body !== undefined && {
        content_type: 'application/json',
        message_body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    };
    const answer = new Promise<Answer>((resolve) => {
      this.#pending.set(id, resolve);
    });
    this.#socket?.send(JSON.stringify(message));
    return answer;
  }

  #http({ method, path, query, body }: Request): Promise<Answer> {
    const { url, username, password } = this.#target;
    const search = new URLSearchParams(query).toString();
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      Authorization: basic(username, password),
      ...(payload !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': String(Buffer.byteLength(payload)),
      }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        `${url}/ari${path}${search && `?${search}`}`,
        { method, headers, agent: this.#agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              reason: response.statusMessage ?? '',
              location: response.headers.location ?? '',
              allow: response.headers.allow ?? '',
              type: response.headers['content-type'] ?? '',
              body: text,
            }),
          );
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        reject(DEAD.has(error.code ?? '') ? new ServerGone(url) : error),
      );
      outgoing.end(payload);
    });
  }

  #plain(text: string): string {
    return normalise(text, this.#prefix);
  }

  async #untilQuiet(earliest: number): Promise<void> {
    const { quietMs } = this.#patience;
    const latest = Math.max(earliest, Date.now()) + 20 * quietMs;
    while (Date.now() < latest && (Date.now() < earliest || Date.now() - this.#lastMoment < quietMs)) await pause(5);
  }
}

/** How a connection fails to a server that has just died. */
const DEAD = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/** Where the objects of a walk can be read. */
const STATE = [
  '/channels',
  '/bridges',
  ...applications.map((name) => `/applications/${name}`),
  '/recordings/stored',
  '/deviceStates',
  '/mailboxes',
  ...['p', 'q'].map((name) => `/playbacks/~${name}`),
  ...['r', 's'].map((name) => `/recordings/live/~${name}`),
];

/** Which of several comes first in a list means nothing. */
function sorted(value: string): string {
  if (!value.startsWith('[')) return value;
  return JSON.stringify((JSON.parse(value) as unknown[]).map((item) => JSON.stringify(item)).sort());
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
