import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Session, Subject } from './subject.js';

interface Message {
  readonly type: string;
  readonly request_id: string;
  readonly status_code: number;
  readonly message_body: string;
}

/** The floor: nothing but `ws` and `JSON.parse`; requests go over the same socket. */
export const subject: Subject = {
  async connect({ url, username, password }, app, listen) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}ari/events?app=${app}`, {
      headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
      perMessageDeflate: false,
    });
    const listeners = new Map<string, () => void>();
    const pending = new Map<string, (answer: unknown) => void>();
    let requests = 0;
    const session: Session = {
      on: (type, listener) => void listeners.set(type, listener),
      ping: () =>
        new Promise((resolve) => {
          requests += 1;
          const request_id = String(requests);
          pending.set(request_id, resolve);
          socket.send(JSON.stringify({ type: 'RESTRequest', request_id, method: 'GET', uri: 'asterisk/ping' }));
        }),
      close: () => socket.close(),
    };
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'RESTResponse') {
        const resolve = pending.get(message.request_id);
        pending.delete(message.request_id);
        resolve?.(JSON.parse(message.message_body));
      } else {
        listeners.get(message.type)?.();
      }
    });
    listen(session);
    await once(socket, 'open');
    return session;
  },
};
