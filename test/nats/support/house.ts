import { AriClient } from 'asterisk-ari';
import {
  connectFleet,
  startRelay,
  type Fleet,
  type FleetOptions,
  type Relay,
  type RelayOptions,
} from 'asterisk-ari/nats';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { NatsServer } from '../../../scripts/nats/index.js';

/** One NATS server, and what a test starts beside it; all of it ends with the test. */
export class House implements AsyncDisposable {
  readonly nats: NatsServer;
  readonly #ends: (() => Promise<unknown>)[] = [];

  private constructor(nats: NatsServer) {
    this.nats = nats;
  }

  static async open(config?: string): Promise<House> {
    return new House(await NatsServer.start(config === undefined ? {} : { config }));
  }

  /** Has something end with the test, before what was there before it. */
  ends(end: () => Promise<unknown>): void {
    this.#ends.unshift(end);
  }

  async asterisk(node: string, options: { readonly port?: number } = {}): Promise<TestAsterisk> {
    const asterisk = await startAsterisk({ clock: 'real', entityId: node, ...options });
    this.ends(() => asterisk.close());
    return asterisk;
  }

  async relay({ url, username, password }: TestAsterisk, options: Partial<RelayOptions> = {}): Promise<Relay> {
    const asterisk = { url, username, password };
    const relay = await startRelay({ asterisk, apps: 'ivr', servers: this.nats.url, ...options });
    this.ends(() => relay.close());
    return relay;
  }

  async worker(options: Partial<FleetOptions<AriClient>> = {}): Promise<Fleet<AriClient>> {
    const fleet = await connectFleet({ client: AriClient, apps: 'ivr', servers: this.nats.url, ...options });
    this.ends(() => fleet.close());
    return fleet;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#ends) await end();
    await this.nats.stop();
  }
}
