import { record } from 'asterisk-ari/trace';
import type { About } from '../shared/protocol.js';
import { History, type Bounds } from '../server/history.js';
import { connectToBranch, type Client } from './connect.js';
import { Passing } from './passing.js';

/** Where Asterisk is, and what to be there. */
export interface Place {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly apps: readonly string[];
  /** Take applications over that somebody else has. */
  readonly takeOver: boolean;
}

/** An application that the explorer was to be is somebody else's. */
class ApplicationTaken extends Error {}

/** The connections to Asterisk, and the record of what goes over the first of them. */
export class Attachment implements AsyncDisposable {
  /** What is recorded. */
  readonly client: Client;
  /** For what the page wants to know itself. */
  readonly aside: Client;
  readonly history: History;
  readonly passing: Passing;
  readonly server: string;
  readonly apps: readonly string[];
  readonly #recorder: ReturnType<typeof record>;
  /** Called when an entry has come. */
  onEntry: () => void = () => {};

  private constructor(client: Client, aside: Client, { url, apps }: Place, bounds: Bounds) {
    this.client = client;
    this.aside = aside;
    this.apps = apps;
    this.server = new URL(url).host;
    this.history = new History(bounds);
    this.passing = new Passing(client);
    this.#recorder = record({ clients: { explorer: client }, maxEntries: 1 });
    this.#recorder.listen((entry) => {
      this.history.push(JSON.stringify(entry));
      this.onEntry();
    });
  }

  /**
   * Connects, and opens the event connection for everything that happens.
   * @throws {ApplicationTaken} if an application is registered already; what `connect` and `start` throw
   */
  static async make(place: Place, bounds: Bounds): Promise<Attachment> {
    const { url, username, password, apps } = place;
    const client = await connectToBranch({ url, username, password });
    const aside = await connectToBranch({ url, username, password, transport: 'http', maxSockets: 4 });
    const attachment = new Attachment(client, aside, place, bounds);
    try {
      if (!place.takeOver) await refuseTaken(aside, apps);
      return attachment;
    } catch (error) {
      await attachment[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** From now on, what happens is heard. */
  async start(): Promise<void> {
    await this.client.start(this.apps, { subscribeAll: true });
  }

  get about(): Pick<About, 'server' | 'release' | 'apps' | 'state'> {
    const { server, apps } = this;
    return { server, apps, release: this.client.asteriskVersion ?? '', state: this.client.state };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.client.close(), this.aside.close()]);
    this.#recorder.stop();
  }
}

/** The application's own connection would be cut, and its calls be lost to it. */
async function refuseTaken(client: Client, apps: readonly string[]): Promise<void> {
  const names = new Set((await client.applications.list()).map(({ name }) => name));
  const taken = apps.filter((app) => names.has(app));
  if (taken.length > 0) {
    throw new ApplicationTaken(
      `${taken.join(', ')}: Asterisk has this application already, and whoever is connected for it would be cut off; --take-over does so all the same`,
    );
  }
}
