import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

export const credentials = { username: 'pbx', password: 'pbx-secret' };
export const headers = { authorization: `Basic ${Buffer.from('pbx:pbx-secret').toString('base64')}` };

export interface PeerChannel {
  readonly id: string;
  readonly name: string;
}

/** How an Asterisk is that a test plays by itself, message by message. */
export interface PeerOptions {
  readonly asteriskId?: string;
  /** As `startup_time`; without it the Asterisk does not tell. */
  readonly startedAt?: string;
  /** Channels that there are. */
  readonly channels?: PeerChannel[];
  /** It answers no pings: nobody is there any more. */
  readonly isDead?: boolean;
  /** For a `wss:` URL: whom it trusts, and what it shows. */
  readonly tls?: Pick<ClientOptions, 'ca' | 'cert' | 'key'>;
  /** Ids of those that are in the application. */
  readonly entered?: string[];
}

/** A whole channel, as events have it. */
export function channelOf({ id, name }: PeerChannel): object {
  return { id, name, state: 'Ring', caller: { name: '', number: '' } };
}

/** One connection of an Asterisk. */
export class Peer {
  readonly asked: string[] = [];
  readonly opened: Promise<unknown>;
  readonly #socket: WebSocket;
  readonly #apps: readonly string[];
  readonly #options: PeerOptions;

  constructor(url: string, apps: readonly string[], options: PeerOptions = {}) {
    this.#apps = apps;
    this.#options = options;
    this.#socket = new WebSocket(url, 'ari', {
      ...options.tls,
      headers,
      perMessageDeflate: false,
      autoPong: options.isDead !== true,
    });
    this.#socket.on('error', () => undefined);
    this.opened = once(this.#socket, 'open');
    this.#socket.on('message', (data: Buffer) => this.#answer(data));
  }

  /** Connects, names its applications, and resolves when it is asked who it is. */
  static async connect(url: string, apps: string | readonly string[], options: PeerOptions = {}): Promise<Peer> {
    const peer = new Peer(url, typeof apps === 'string' ? [apps] : apps, options);
    const asked = once(peer.#socket, 'message');
    await peer.opened;
    peer.#apps.forEach((application) => peer.say({ type: 'ApplicationRegistered', application }));
    await Promise.race([asked, once(peer.#socket, 'close')]);
    return peer;
  }

  say(message: object): void {
    const { asteriskId = 'a' } = this.#options;
    const timestamp = '2026-01-02T00:00:00.000+0000';
    const common = { application: this.#apps[0], asterisk_id: asteriskId, timestamp };
    this.#socket.send(JSON.stringify({ ...common, ...message }));
  }

  start(channel: PeerChannel, args: readonly string[] = []): void {
    this.say({ type: 'StasisStart', args, channel: channelOf(channel) });
  }

  end(channel: PeerChannel): void {
    this.say({ type: 'StasisEnd', channel: channelOf(channel) });
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  /** As a network does it. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Resolves with the code that it is closed with. */
  async closed(): Promise<number> {
    if (this.#socket.readyState === WebSocket.CLOSED) return 1006;
    const [code] = (await once(this.#socket, 'close')) as [number];
    return code;
  }

  #answer(data: Buffer): void {
    const { request_id, uri } = JSON.parse(data.toString()) as { request_id: string; uri: string };
    this.asked.push(uri);
    const body = this.#resource(decodeURIComponent(uri));
    const status =
      body === undefined ? { status_code: 404, reason_phrase: 'Not Found' } : { status_code: 200, reason_phrase: 'OK' };
    const content = {
      content_type: 'application/json',
      message_body: JSON.stringify(body ?? { message: 'not found' }),
    };
    this.say({ type: 'RESTResponse', request_id, uri, ...status, ...content });
  }

  #resource(uri: string): unknown {
    const { startedAt, asteriskId = 'a', channels = [], entered = [] } = this.#options;
    const [path = ''] = uri.split('?');
    if (path === 'asterisk/info') {
      const status = startedAt === undefined ? {} : { status: { startup_time: startedAt } };
      return { system: { version: '22.10.1', entity_id: asteriskId }, ...status };
    }
    if (path === 'channels') return channels.map(channelOf);
    if (path.startsWith('channels/')) {
      const found = channels.find(({ id }) => path === `channels/${id}`);
      return found && channelOf(found);
    }
    if (path === `applications/${this.#apps[0]}`) return { name: this.#apps[0], channel_ids: entered };
    return undefined;
  }
}
