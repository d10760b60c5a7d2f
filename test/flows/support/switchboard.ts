import { connect, type AriClient, type Channel, type ConnectOptions } from 'asterisk-ari';
import { startAsterisk, type Phone, type TestAsterisk } from 'asterisk-ari/testing';
import { expect } from 'vitest';
import { counted, type Counted } from './counted.js';

/** A caller in an application of the double, not answered yet, and the phones that may be dialled. */
export class Switchboard implements AsyncDisposable {
  readonly app = 'flow';
  readonly asterisk: TestAsterisk;
  readonly client: Counted<AriClient>;
  readonly caller: Phone;
  readonly channel: Counted<Channel>;
  readonly alice: Phone;
  readonly bob: Phone;
  #before = 0;
  #agent: string | undefined;

  private constructor(asterisk: TestAsterisk, client: AriClient, caller: Phone, channel: Channel) {
    this.asterisk = asterisk;
    this.client = counted(client);
    this.caller = caller;
    this.channel = counted(channel);
    this.alice = asterisk.phone('alice');
    this.bob = asterisk.phone('bob');
    this.#before = asterisk.journal.requests.length;
  }

  static async open(options?: Partial<ConnectOptions>): Promise<Switchboard> {
    const asterisk = await startAsterisk({ sounds: { long: 60_000, short: 500 } });
    const client = await connect(asterisk.url, asterisk.username, asterisk.password, options);
    const arrived = client.channels.waitFor('StasisStart');
    await client.start('flow');
    const caller = asterisk.call({ to: 'stasis-flow', from: 'Jane <100>' });
    const { channel } = await arrived;
    return new Switchboard(asterisk, client, caller, channel);
  }

  /** The requests since it was opened, without ids: `POST channels/ID/dial`. */
  get requests(): string[] {
    return this.asterisk.journal.requests
      .slice(this.#before)
      .filter(({ path }) => !path.endsWith('/ping'))
      .map(
        ({ method, path }) =>
          `${method} ${path.slice(1).replace(/(?<=\/)(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\w-]*[\d.-]{3}[\w.-]*)/, 'ID')}`,
      );
  }

  /** A channel of the application to a phone that answers. */
  async inCall(phone: Phone): Promise<Counted<Channel>> {
    const channel = this.client.channels.handle();
    const entered = channel.waitFor('StasisStart');
    await channel.originateWithId({ endpoint: phone.endpoint, app: this.app });
    await phone.rings();
    phone.answer();
    const { channel: answered } = await entered;
    this.#before = this.asterisk.journal.requests.length;
    this.#agent = answered.id;
    return counted(answered);
  }

  /** No channels but these, no bridge, nothing that plays, nobody who listens. */
  async expectNothingLeft(...channels: readonly { readonly id: string }[]): Promise<void> {
    await this.#expectLeft(channels, () => this.asterisk.channelIds);
  }

  /** The same, but the channel of `inCall` may be there or not. */
  async expectAtMost(...channels: readonly { readonly id: string }[]): Promise<void> {
    const others = channels.filter(({ id }) => id !== this.#agent);
    await this.#expectLeft(others, () => this.asterisk.channelIds.filter((id) => id !== this.#agent));
  }

  async #expectLeft(channels: readonly { readonly id: string }[], left: () => string[]): Promise<void> {
    await expect.poll(() => left().toSorted()).toEqual(channels.map(({ id }) => id).toSorted());
    expect(await this.client.bridges.list()).toEqual([]);
    const { journal } = this.asterisk;
    await expect
      .poll(() => journal.eventsOf('PlaybackFinished').length)
      .toBe(journal.eventsOf('PlaybackStarted').length);
    expect(this.caller.playing).toEqual([]);
    await expect.poll(() => [this.client.listeners, this.channel.listeners]).toEqual([0, 0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.asterisk.close();
  }
}
