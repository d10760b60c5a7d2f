import { connect, type AriClient, type Channel } from 'asterisk-ari';

/** What came of the calls. */
export interface Tally {
  events: number;
  /** Events out of their order, lost or doubled. */
  misplaced: number;
  digits: number;
  prompts: number;
  /** Waits for the end of a channel that ended, one way or the other. */
  ends: number;
}

/** An application that listens to every call with listeners of its own, and takes none of them away. */
export class SoakApplication {
  readonly tally: Tally = { events: 0, misplaced: 0, digits: 0, prompts: 0, ends: 0 };
  readonly #client: AriClient;

  private constructor(client: AriClient) {
    this.#client = client;
    client.on('*', ({ asterisk_id: sequence }) => {
      this.tally.events += 1;
      if (Number(sequence) !== this.tally.events) {
        this.tally.misplaced += 1;
      }
    });
    client.channels.on('StasisStart', (channel) => this.#accompany(channel));
  }

  static async start(url: string): Promise<SoakApplication> {
    const client = await connect(url, 'soak', 'soak-secret', { transport: 'http', reconnect: false });
    const application = new SoakApplication(client);
    await client.start('soak');
    return application;
  }

  async stop(): Promise<void> {
    await this.#client.close();
  }

  #accompany(channel: Channel): void {
    const { tally } = this;
    const playback = this.#client.playbacks.handle(channel.id.replace('soak', 'play'));
    channel.on('ChannelDtmfReceived', () => {
      tally.digits += 1;
    });
    channel.on('ChannelHangupRequest', () => undefined);
    playback.once('PlaybackFinished', () => {
      tally.prompts += 1;
    });
    const ended = (): void => {
      tally.ends += 1;
    };
    channel.waitFor('ChannelDestroyed').then(ended, ended);
    void readAll(channel);
  }
}

/** A stream of an object that is never closed by its reader. */
async function readAll(channel: Channel): Promise<void> {
  for await (const _event of channel.stream('ChannelVarset')) {
    // There is nothing to do with it.
  }
}
