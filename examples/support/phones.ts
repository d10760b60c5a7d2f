import { connect, type AriClient, type Credentials } from 'asterisk-ari';
import { partyOf } from './describe-event.js';
import { Phone } from './phone.js';

/**
 * Telephones that this program plays, on any Asterisk, without SIP and without a dialplan: each is one end of a Local
 * channel, in an application of their own; the other end is in the example's. Asterisk makes the context `stasis-APP`
 * with each application.
 */
export class Phones implements AsyncDisposable {
  readonly #own: AriClient;
  readonly #app: string;
  readonly #phones = new Map<string, Phone>();
  readonly #say: (line: string) => void;
  /** Who is at the other end of a channel of the example. */
  readonly #parties = new Map<string, string>();
  readonly #bridges = new Map<string, readonly string[]>();

  private constructor(own: AriClient, watched: AriClient, app: string, say: (line: string) => void) {
    this.#own = own;
    this.#app = app;
    this.#say = say;
    own.channels.on('StasisStart', (channel) => this.phone(partyOf(channel)).entered(channel));
    own.channels.on(['StasisEnd', 'ChannelDestroyed'], (channel) => this.phone(partyOf(channel)).left(channel.id));
    watched.channels.on('StasisStart', (channel) => void this.#parties.set(channel.id, partyOf(channel)));
    watched.on(['PlaybackStarted', 'PlaybackContinuing'], ({ playback }) =>
      this.#heard(playback.target_uri, playback.media_uri),
    );
    watched.bridges.on(['ChannelEnteredBridge', 'ChannelLeftBridge'], ({ id, channels }) => {
      this.#bridges.set(id, channels);
      this.#phones.forEach((phone) => phone.changed());
    });
  }

  static async connect(
    watched: AriClient,
    server: Credentials,
    app: string,
    say: (line: string) => void,
  ): Promise<Phones> {
    const own = await connect(server.url, server.username, server.password, { listenerErrors: 'throw' });
    const phones = new Phones(own, watched, app, say);
    await own.start(`${app}-phones`);
    return phones;
  }

  /** Where the example finds a telephone. */
  readonly endpoint = (name: string): string => `Local/${name}@stasis-${this.#app}-phones/n`;

  /** The telephone of that name. */
  readonly phone = (name: string): Phone => {
    const phone = this.#phones.get(name) ?? new Phone(name, this.#say, (other) => this.#areTogether(name, other));
    this.#phones.set(name, phone);
    return phone;
  };

  /** A telephone that calls the example. */
  readonly call = async (name: string, number = '100'): Promise<Phone> => {
    const phone = this.phone(name);
    const channel = this.#own.channels.handle();
    phone.calls(channel);
    await channel.originateWithId({
      endpoint: `Local/${name}@stasis-${this.#app}/n`,
      app: `${this.#app}-phones`,
      callerId: `${name} <${number}>`,
    });
    return phone;
  };

  /** Who is at the other end of a channel. */
  readonly partyAt = (channelId: string): string | undefined => this.#parties.get(channelId);

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#phones.values()].map((phone) => phone.dispose()));
    await this.#own.close();
  }

  #heard(target: string, media: string): void {
    const id = target.slice(target.indexOf(':') + 1);
    for (const listener of target.startsWith('bridge:') ? (this.#bridges.get(id) ?? []) : [id]) {
      this.#phones.get(this.#parties.get(listener) ?? '')?.heard(media);
    }
  }

  #areTogether(...names: readonly string[]): boolean {
    return [...this.#bridges.values()].some((channels) => {
      const parties = channels.map((id) => this.#parties.get(id));
      return names.every((name) => parties.includes(name));
    });
  }
}
