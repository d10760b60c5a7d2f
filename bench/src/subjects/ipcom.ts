import { AriClient } from '@ipcom/asterisk-ari';
import type { Session, Subject } from './subject.js';

type EventName = 'ChannelDtmfReceived';

function sessionOf(client: AriClient): Session {
  return {
    on: (type, listener) => client.on(type as EventName, listener),
    onChannel: (id, type, listener) => client.Channel(id).on(type as EventName, listener),
    ping: () => client.asterisk.ping(),
    close: () => void client.destroy(),
  };
}

/** Its listeners can only be added once the event connection is open. */
export const subject: Subject = {
  async connect({ url, username, password }, app, listen) {
    const { hostname, port } = new URL(url);
    const client = new AriClient({ host: hostname, port: Number(port), username, password, secure: false });
    await client.connectWebSocket([app]);
    const session = sessionOf(client);
    listen(session);
    return session;
  },
};
