import { connect, type AriClient, type Bridge, type Channel, type ConnectOptions } from 'asterisk-ari';
import { startAsterisk, type Phone, type TestAsterisk, type TestAsteriskOptions } from 'asterisk-ari/testing';
import { expect } from 'vitest';
import { counted, type Counted } from './counted.js';

/** A caller of a floor, in its application. */
export interface Caller {
  readonly phone: Phone;
  readonly channel: Channel;
}

type Sent = TestAsterisk['journal']['requests'][number];

/** The requests that are made of what there is once a flow has ended. */
const clean = { listeners: 0, bridges: [], channels: [], recordings: [], playbacks: [], detects: [], music: [] };

/** A double with several callers in one application, and an eye on what is left there. */
export class Floor implements AsyncDisposable {
  readonly asterisk: TestAsterisk;
  /** The listeners through it, and through all channels here, are counted. */
  readonly client: Counted<AriClient>;
  readonly #begun: AriClient;
  readonly callers: Caller[] = [];
  readonly #kept: string[] = [];
  #listening = 0;
  #from = 0;

  private constructor(asterisk: TestAsterisk, client: AriClient) {
    this.asterisk = asterisk;
    this.#begun = client;
    this.client = counted(client);
  }

  /** So many callers are answered and in the application `flow`. */
  static async begin(callers = 1, options?: TestAsteriskOptions, connecting?: ConnectOptions): Promise<Floor> {
    const sounds = { long: 60_000, short: 500, again: 500 };
    const asterisk = await startAsterisk({ sounds, ...options });
    const client = await connect(asterisk.url, asterisk.username, asterisk.password, connecting);
    await client.start('flow');
    const floor = new Floor(asterisk, client);
    for (let each = 0; each < callers; each += 1) {
      await floor.call();
    }
    floor.#from = asterisk.journal.requests.length;
    return floor;
  }

  async call(): Promise<Caller> {
    const arrived = this.#begun.channels.waitFor('StasisStart');
    const phone = this.asterisk.call({ to: 'stasis-flow', from: String(100 + this.callers.length) });
    const { channel } = await arrived;
    await channel.answer();
    const caller = { phone, channel: counted(channel, this.client) };
    this.callers.push(caller);
    return caller;
  }

  caller(index = 0): Caller {
    return this.callers[index] as Caller;
  }

  /** The requests since the beginning: `POST /bridges/*`, with an id as `*`. */
  get requests(): string[] {
    return this.#sent.map(nameOfRequest);
  }

  /** The same without those that the client has repeated as they were, because their channel was on its way. */
  get requestsOnce(): string[] {
    const isRepeated = ({ path, status }: Sent, next: Sent | undefined): boolean =>
      status >= 400 && next?.path === path;
    return this.#sent.filter((each, index, all) => !isRepeated(each, all[index + 1])).map(nameOfRequest);
  }

  get #sent(): readonly Sent[] {
    return this.asterisk.journal.requests.slice(this.#from);
  }

  /** A bridge of the test's own with these callers in it, which may be left. */
  async keepBridge(...callers: readonly number[]): Promise<Bridge> {
    const bridge = await this.#begun.bridges.create({ type: 'mixing' });
    this.#kept.push(bridge.id);
    await bridge.addChannel({ channel: callers.map((index) => this.caller(index).channel.id) });
    return bridge;
  }

  /** A listener of the test's own, which may be left. */
  keepListener(): void {
    this.#listening += 1;
  }

  /** Dials a first caller in two steps: Asterisk refuses to record his channel until it has been in a bridge. */
  async dialCaller(): Promise<void> {
    const phone = this.asterisk.phone('bob');
    const channel = this.client.channels.handle();
    const entered = this.client.channels.waitFor('StasisStart');
    await channel.create({ endpoint: 'PJSIP/bob', app: 'flow' });
    await entered;
    await channel.dial({});
    await phone.rings();
    phone.answer();
    this.callers[0] = { phone, channel: await channel.get() };
    this.forget();
  }

  /** Forgets the requests so far. */
  forget(): void {
    this.#from = this.asterisk.journal.requests.length;
  }

  /** Only the callers that are still there are left, as they were; nobody listens. */
  async expectNothingLeft(): Promise<void> {
    await expect.poll(() => this.#left()).toEqual(clean);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#begun.close();
    await this.asterisk.close();
  }

  async #left(): Promise<typeof clean> {
    const { journal } = this.asterisk;
    const own = this.callers.map(({ phone }) => phone.channelId);
    const [bridges, channels] = await Promise.all([this.#begun.bridges.list(), this.#begun.channels.list()]);
    const ended = (...types: string[]): string[] =>
      types
        .flatMap((type) => journal.eventsOf(type))
        .map(({ event }) => nameOf(event['playback'] ?? event['recording']));
    return {
      listeners: this.client.listeners - this.#listening,
      bridges: bridges.map(({ id }) => id).filter((id) => !this.#kept.includes(id)) as never[],
      channels: channels.map(({ id }) => id).filter((id) => !own.includes(id)) as never[],
      recordings: without(this.#made('/record'), ended('RecordingFinished', 'RecordingFailed')),
      playbacks: without(this.#made('/play'), ended('PlaybackFinished')),
      detects: own.filter((id) => channels.some((channel) => channel.id === id) && this.#detects(id)) as never[],
      music: this.callers
        .filter(({ phone }) => phone.state === 'talking')
        .flatMap(({ phone }) => phone.playing) as never[],
    };
  }

  /** Playbacks and recordings that were begun. */
  #made(path: string): string[] {
    return this.asterisk.journal
      .requestsTo({ method: 'POST' })
      .filter((request) => request.path.endsWith(path) && request.status > 0 && request.status < 300)
      .map(({ response }) => nameOf(response));
  }

  #detects(id: string): boolean {
    const last = this.asterisk.journal
      .requestsTo({ method: 'POST', path: `/channels/${id}/variable` })
      .findLast(({ status }) => status > 0 && status < 300);
    return JSON.stringify(last ?? '').includes('TALK_DETECT(set)');
  }
}

function nameOfRequest({ method, path }: Sent): string {
  return `${method} ${path.replace(/\/(channels|bridges|playbacks|snoop)\/[^/]+/g, '/$1/*')}`;
}

function nameOf(made: unknown): string {
  const { id, name } = made as { readonly id?: string; readonly name?: string };
  return id ?? name ?? '';
}

function without(made: readonly string[], ended: readonly string[]): never[] {
  return made.filter((name) => !ended.includes(name)) as never[];
}

/**
 * Runs something again and again, and each time ends it after one more request, until it makes no more by itself. What is
 * left is looked at each time.
 * @returns how many requests there were
 */
export async function endAfterEachRequest(
  begin: () => Promise<Floor>,
  run: (floor: Floor, signal: AbortSignal) => Promise<unknown>,
  end: (floor: Floor, controller: AbortController) => unknown,
): Promise<number> {
  for (let count = 0; ; count += 1) {
    await using floor = await begin();
    const controller = new AbortController();
    const over = new AbortController();
    const result = run(floor, controller.signal).finally(() => over.abort());
    result.catch(() => undefined);
    let idleSince = performance.now();
    let seen = floor.requests.length;
    while (!over.signal.aborted && floor.requests.length < count && performance.now() - idleSince < 500) {
      await new Promise((resolve) => setImmediate(resolve));
      if (floor.requests.length > seen) {
        seen = floor.requests.length;
        idleSince = performance.now();
      }
    }
    const isLast = floor.requests.length < count;
    if (!over.signal.aborted) {
      end(floor, controller);
    }
    await result;
    await floor.expectNothingLeft();
    if (isLast) {
      return count - 1;
    }
  }
}
