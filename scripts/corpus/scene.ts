import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AriEventMap, ChannelData, EventData } from '../../generated/v22/index.js';
import type { WebSocket } from 'ws';
import type { Answer, Json } from './types.js';
import type { Params, Wire } from './wire.js';

/** The application that hears everything. */
export const app = 'corpus';

const patienceMs = 15_000;

type Types = keyof AriEventMap;
type Raw<T extends Types> = EventData<AriEventMap[T]>;

/** One thing that is done on a real Asterisk for what it sends then. */
export interface SceneScript {
  readonly name: string;
  /** First branch that has what it needs; all if left out. */
  readonly since?: number;
  run(scene: Scene): Promise<void>;
}

/** What a script has to work with. Everything that passes through is kept. */
export class Scene {
  readonly events: Json[] = [];
  readonly answers: Answer[] = [];
  readonly sipPort: string;
  readonly #wire: Wire;
  readonly #sockets: WebSocket[] = [];
  /** Events before this one are those of earlier scripts. */
  #from = 0;

  constructor(wire: Wire, sipPort: string) {
    this.#wire = wire;
    this.sipPort = sipPort;
  }

  has(operation: string): boolean {
    return this.#wire.has(operation);
  }

  /** Opens an event connection; for one script alone, unless it is the first. */
  async listen(apps: string, subscribeAll = false): Promise<WebSocket> {
    const socket = await this.#wire.listen(apps, subscribeAll, (event) => this.events.push(event));
    this.#sockets.push(socket);
    return socket;
  }

  /** Keeps an event that came some other way. */
  hear(event: Json): void {
    this.events.push(event);
  }

  async perform(script: SceneScript): Promise<void> {
    this.#from = this.events.length;
    const before = this.#sockets.length;
    try {
      await script.run(this);
    } finally {
      for (const socket of this.#sockets.splice(before)) {
        socket.close();
      }
      await this.clear();
    }
  }

  /** Ends what a script has left: channels and bridges. */
  async clear(): Promise<void> {
    for (const { id } of (await this.#wire.send('channels.list', {})).body as unknown as ChannelData[]) {
      await this.#wire.send('channels.hangup', { channelId: id });
    }
    for (const { id } of (await this.#wire.send('bridges.list', {})).body as unknown as { id: string }[]) {
      await this.#wire.send('bridges.destroy', { bridgeId: id });
    }
    await sleep(200);
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) {
      socket.close();
    }
  }

  /** Does what must succeed. */
  async call<T = unknown>(operation: string, params: Params = {}): Promise<T> {
    const answer = await this.attempt(operation, params);
    if (answer.status >= 300) {
      throw new Error(`${operation} ${JSON.stringify(params)}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body as T;
  }

  /** Does what may fail. */
  async attempt(operation: string, params: Params = {}): Promise<Answer> {
    const answer = await this.#wire.send(operation, params);
    this.answers.push(answer);
    return answer;
  }

  /** The first event of a type that fits, of those that came since the script began. */
  async until<T extends Types>(type: T, where: (event: Raw<T>) => boolean = () => true): Promise<Raw<T>> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = this.events.slice(this.#from).find((event) => {
        return (event as unknown as { type: unknown }).type === type && where(event as unknown as Raw<T>);
      });
      if (found !== undefined) {
        return found as unknown as Raw<T>;
      }
      if (Date.now() > deadline) {
        throw new Error(`no ${type} within ${patienceMs} ms`);
      }
      await sleep(20);
    }
  }

  /** Puts a channel into the application; its far end runs an extension. */
  async enter(endpoint = 'Local/wait@default/n', params: Params = {}): Promise<string> {
    const channelId = randomUUID();
    await this.call('channels.originateWithId', { channelId, endpoint, app, ...params });
    await this.until('StasisStart', ({ channel }) => channel.id === channelId);
    return channelId;
  }

  /** Makes a channel whose two ends run extensions. */
  async dialplan(endpoint: string, extension: string, params: Params = {}): Promise<string> {
    const channelId = randomUUID();
    const place = { context: 'default', extension, priority: 1 };
    await this.call('channels.originateWithId', { channelId, endpoint, ...place, ...params });
    return channelId;
  }

  async bridge(type = 'mixing', ...channels: readonly string[]): Promise<string> {
    const bridgeId = randomUUID();
    await this.call('bridges.createWithId', { bridgeId, type, name: `of ${channels.length}` });
    if (channels.length > 0) {
      await this.call('bridges.addChannel', { bridgeId, channel: channels.join(',') });
    }
    return bridgeId;
  }

  async wait(ms: number): Promise<void> {
    await sleep(ms);
  }
}
