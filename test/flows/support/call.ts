import { connect, type AriClient, type Channel } from 'asterisk-ari';
import { startAsterisk, type Phone, type TestAsterisk, type TestAsteriskOptions } from 'asterisk-ari/testing';
import { expect } from 'vitest';
import { counted, type Counted } from './counted.js';

/** A caller who is in an application of the double. */
export class Call implements AsyncDisposable {
  readonly asterisk: TestAsterisk;
  readonly client: AriClient;
  readonly caller: Phone;
  readonly channel: Counted<Channel>;

  private constructor(asterisk: TestAsterisk, client: AriClient, caller: Phone, channel: Channel) {
    this.asterisk = asterisk;
    this.client = client;
    this.caller = caller;
    this.channel = counted(channel);
  }

  /** The caller is answered. */
  static async begin(options?: TestAsteriskOptions): Promise<Call> {
    const sounds = { long: 60_000, short: 500, again: 500 };
    const asterisk = await startAsterisk({ sounds, ...options });
    const client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await client.start('flow');
    const arrived = client.channels.waitFor('StasisStart');
    const caller = asterisk.call({ to: 'stasis-flow' });
    const { channel } = await arrived;
    await channel.answer();
    return new Call(asterisk, client, caller, channel);
  }

  /** Prompts last until the test lets time pass. */
  static async slow(): Promise<Call> {
    const call = await Call.begin();
    call.asterisk.clock.autoAdvance = false;
    return call;
  }

  /** The requests so far, but for those of the beginning: `POST play`. */
  get requests(): string[] {
    return this.asterisk.journal.requests
      .map(({ method, path }) => `${method} ${/\/(playbacks|recordings)\//.exec(path)?.[1] ?? path.split('/').at(-1)}`)
      .slice(this.asterisk.journal.requests.findIndex(({ path }) => path.endsWith('/answer')) + 1);
  }

  /** Nothing plays, nothing is recorded, nobody listens. */
  async expectNothingLeft(): Promise<void> {
    const { journal } = this.asterisk;
    const begun = (path: string): number =>
      journal.requestsTo({ method: 'POST', path }).filter(({ status }) => (status ?? 0) < 300).length;
    await expect
      .poll(() => [journal.eventsOf('PlaybackFinished').length, endedRecordings(this.asterisk)])
      .toEqual([begun('/channels/*/play'), begun('/channels/*/record')]);
    expect(this.channel.listeners).toBe(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.asterisk.close();
  }
}

function endedRecordings({ journal }: TestAsterisk): number {
  return journal.eventsOf('RecordingFinished').length + journal.eventsOf('RecordingFailed').length;
}
