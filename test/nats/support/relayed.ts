import { AriClient, connect as connectDirectly } from 'asterisk-ari';
import { connectFleet, startRelay } from 'asterisk-ari/nats';
import type { Connect } from '../../conformance/run.js';

/** Scenarios that no client behind a relay can play, and why. */
const notBehindRelays: readonly (readonly [name: RegExp, why: string])[] = [
  [/^media sockets: /, 'media flows between the program and Asterisk, without NATS'],
  [
    /^recordings: (a channel is recorded, and|an existing name|stored recordings that)/,
    'files do not travel over NATS',
  ],
  [/^events: (a second connection|the replaced connection)/, 'the event connection is the relay’s'],
  [/^events: an application without a connection/, 'the same'],
  [/^applications: (what a client has left|with eventFilter)/, 'the same'],
  [/^applications: an application that subscribes to all/, 'it listens before there is a relay'],
];

/** Whether a scenario is not to be played behind a relay. */
export function isNotBehindRelays(scenario: string): boolean {
  return notBehindRelays.some(([name]) => name.test(scenario));
}

/**
 * Connects clients of which one that is started lives behind a relay of its own: it takes its application's calls, and
 * watches all else that is told to it.
 */
export function connectRelayed(natsUrl: () => string): Connect {
  return async (options) => {
    const direct = await connectDirectly(options);
    const { url, username, password, validation, whenInvalid } = options;
    const asterisk = { url, username, password };
    let client = direct;
    let leave: () => Promise<unknown> = () => Promise.resolve();
    const start = async (apps: string | readonly string[], more: { subscribeAll?: boolean } = {}): Promise<void> => {
      const servers = natsUrl();
      const prefix = `p${process.pid}-${Math.random().toString(36).slice(2)}`;
      const { subscribeAll } = more;
      const relay = await startRelay({ asterisk, apps, subscribeAll, servers, prefix, unclaimed: 'leave' });
      const clientOptions = { validation, whenInvalid };
      const fleet = await connectFleet({ client: AriClient, apps, servers, prefix, observe: true, clientOptions });
      fleet.on('StasisStart', () => undefined);
      client = fleet.node(relay.status.node).client;
      leave = async () => {
        await fleet.close();
        await relay.close();
      };
    };
    const close = async (): Promise<void> => {
      await leave();
      await direct.close();
    };
    return new Proxy(direct, {
      get: (_target, name) => {
        if (name === 'start') return start;
        if (name === 'close') return close;
        const value: unknown = Reflect.get(client, name, client);
        return typeof value === 'function' ? value.bind(client) : value;
      },
    });
  };
}
