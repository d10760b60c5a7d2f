import { connect, type AriClient, type Channel, type ConnectOptions } from '../sdk.js';
import type { Session, Subject } from './subject.js';

type EventName = 'ChannelDtmfReceived';

function sessionOf(client: AriClient, app: string): Session {
  const kept: Channel[] = [];
  return {
    on: (type, listener) => void client.on(type as EventName, listener),
    onChannel: (id, type, listener) => void client.channels.handle(id).on(type as EventName, listener),
    keepChannels(types, listener) {
      client.channels.on('StasisStart', (channel) => {
        kept.push(channel);
        for (const type of types) {
          channel.on(type as EventName, listener);
        }
      });
    },
    ping: () => client.asterisk.ping(),
    call: () => call(client, app, 'sound:hello-world'),
    setUp: () => call(client, app),
    close: () => void client.close(),
  };
}

async function call(client: AriClient, app: string, media?: `sound:${string}`): Promise<void> {
  const channel = client.channels.handle();
  const started = channel.waitFor('StasisStart', { timeoutMs: 10_000 });
  const ended = channel.waitFor('StasisEnd', { timeoutMs: 10_000 });
  await channel.originateWithId({ endpoint: 'Local/wait@default', app });
  await started;
  await channel.answer();
  if (media !== undefined) {
    await channel.play({ media });
  }
  await channel.hangup();
  await ended;
}

/** The SDK, with the given options. */
export function sdk(options: ConnectOptions): Subject {
  return {
    async connect({ url, username, password }, app, listen) {
      const client = await connect(url, username, password, options);
      const session = sessionOf(client, app);
      listen(session);
      await client.start(app);
      return session;
    },
  };
}
