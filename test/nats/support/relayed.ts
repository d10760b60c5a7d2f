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
 * Scenarios that wait for a real Asterisk longer than a second each: for audio, silence or the end of a call. What they
 * do and hear, others do and hear without waiting.
 */
const waiting: readonly RegExp[] = [
  /^events: a broadcast call that nobody claims goes on/,
  /^recordings: (a recording is a folder deep|a recording ends (at a digit|after silence))/,
  /^playbacks: (numbers, digits and|playbacks of one channel|several media follow|media of no kind)/,
  /^channels: (digits sent |who talks on|the outcome of dialling|who has no event connection and is fed)/,
  /^channels: (calls that fail are dialled|when the far end hangs up|a channel is dialled once)/,
  /^bridges: (a bridge that its maker has destroyed|several media are played|who waits in a holding)/,
];

/** Whether a scenario takes long on a real Asterisk and shows nothing of relays that others do not. */
export function mostlyWaits(scenario: string): boolean {
  return waiting.some((name) => name.test(scenario));
}

/**
 * Connects clients of which one that is started lives behind a relay of its own. It watches, and so hears all that a
 * client of Asterisk itself does; a worker beside it takes the calls.
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
      const worker = await connectFleet({ client: AriClient, apps, servers, prefix });
      worker.on('StasisStart', () => undefined);
      const watcher = await connectFleet({ client: AriClient, apps, servers, prefix, observe: true, clientOptions });
      client = watcher.node(relay.status.node).client;
      leave = async () => {
        await watcher.close();
        await worker.close();
        await relay.close();
      };
    };
    const stop = async (): Promise<void> => {
      const left = leave;
      leave = () => Promise.resolve();
      client = direct;
      await left();
    };
    const close = async (): Promise<void> => {
      await stop();
      await direct.close();
    };
    return new Proxy(direct, {
      get: (_target, name) => {
        if (name === 'start') return start;
        if (name === 'stop') return stop;
        if (name === 'close') return close;
        const value: unknown = Reflect.get(client, name, client);
        return typeof value === 'function' ? value.bind(client) : value;
      },
    });
  };
}
