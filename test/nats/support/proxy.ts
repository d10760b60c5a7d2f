import { AriClient } from 'asterisk-ari';
import { connectPx, type Fleet, type PxOptions } from 'asterisk-ari/nats';
import { Conversation } from './conversation.js';
import type { House } from './house.js';

/** A request as it has come: under which subject, and its JSON. */
export interface Heard {
  readonly subject: string;
  readonly request: { readonly kind: string; readonly key: { readonly id?: string } };
}

/** An ari-proxy by hand: what it answers is written in the test, as Go writes it. */
export class Proxy {
  readonly go: Conversation;
  readonly heard: Heard[] = [];
  readonly #answers = new Map<string, string | undefined>();
  readonly #node: string;

  private constructor(go: Conversation, node: string) {
    this.go = go;
    this.#node = node;
  }

  static async in(house: House, node = '00:11:22:33:44:55'): Promise<Proxy> {
    const proxy = new Proxy(await Conversation.in(house), node);
    proxy.answers(
      'AsteriskInfo',
      `{"error":"","data":{"asterisk":{"system":{"entity_id":"${node}","version":"22.10.1"}}}}`,
    );
    for (const requestClass of ['get', 'data', 'command', 'create']) {
      await proxy.go.serve(`ari.${requestClass}.ivr.${node}`, (request, subject) => proxy.#answer(request, subject));
    }
    await proxy.go.serve('ari.ping', () => {
      void proxy.announce();
      return undefined;
    });
    return proxy;
  }

  /** What it answers to requests of a kind; to those about one thing, if an id is given. */
  answers(kind: string, text: string | undefined, id = ''): void {
    this.#answers.set(`${kind} ${id}`, text);
  }

  async announce(): Promise<void> {
    await this.go.say('ari.announce', `{"node":"${this.#node}","application":"ivr"}`);
  }

  async event(text: string): Promise<void> {
    await this.go.say(`ari.event.ivr.${this.#node}`, text);
  }

  /** Requests of a kind, as JSON. */
  of(kind: string): unknown[] {
    return this.heard.filter(({ request }) => request.kind === kind).map(({ request }) => request);
  }

  #answer(request: unknown, subject: string): string | undefined {
    const heard = { subject, request: request as Heard['request'] };
    this.heard.push(heard);
    const { kind, key } = heard.request;
    const [one, any] = [`${kind} ${key.id ?? ''}`, `${kind} `];
    const known = [one, any].find((each) => this.#answers.has(each));
    return known === undefined ? '{"error":""}' : this.#answers.get(known);
  }
}

export async function worker(house: House, options: Partial<PxOptions<AriClient>> = {}): Promise<Fleet<AriClient>> {
  const fleet = await connectPx({ client: AriClient, app: 'ivr', servers: house.nats.url, ...options });
  house.ends(() => fleet.close());
  return fleet;
}
