import { createRequire } from 'node:module';
import type { Channel, Client } from 'ari-client';
import type { Session, Subject } from './subject.js';

const { connect } = createRequire(import.meta.url)('ari-client') as typeof import('ari-client');

type EventName = 'ChannelDtmfReceived';

function sessionOf(client: Client, app: string): Session {
  const kept: Channel[] = [];
  return {
    on: (type, listener) => void client.on(type as EventName, listener),
    onChannel: (id, type, listener) => void client.Channel(id).on(type as EventName, listener),
    keepChannels(types, listener) {
      client.on('StasisStart', (_event, channel) => {
        kept.push(channel);
        for (const type of types) {
          channel.on(type as EventName, listener);
        }
      });
    },
    ping: () => (client.asterisk as unknown as { ping(): Promise<unknown> }).ping(),
    async call() {
      const channel = client.Channel();
      const started = new Promise((resolve) => void channel.once('StasisStart', resolve));
      const ended = new Promise((resolve) => void channel.once('StasisEnd', resolve));
      await channel.originate({ endpoint: 'Local/wait@default', app });
      await started;
      await channel.answer();
      await channel.play({ media: 'sound:hello-world' }, client.Playback());
      await channel.hangup();
      await ended;
    },
    close: () => client.stop(),
  };
}

export const subject: Subject = {
  async connect({ url, username, password }, app, listen) {
    const client = await connect(url, username, password);
    const session = sessionOf(client, app);
    listen(session);
    await client.start(app);
    return session;
  },
};
