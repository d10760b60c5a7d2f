import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Session, Subject } from './subject.js';

interface Message {
  readonly type: string;
  readonly request_id: string;
  readonly status_code: number;
  readonly message_body?: string;
  readonly channel?: { readonly id: string };
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
    /** What is done when an event of a channel comes: `TYPE ID`. */
    const awaited = new Map<string, () => void>();
    let requests = 0;
    const ask = (method: string, uri: string): Promise<unknown> =>
      new Promise((resolve) => {
        requests += 1;
        const request_id = String(requests);
        pending.set(request_id, resolve);
        socket.send(JSON.stringify({ type: 'RESTRequest', request_id, method, uri }));
      });
    const comes = (type: string, id: string): Promise<void> =>
      new Promise((resolve) => {
        awaited.set(`${type} ${id}`, resolve);
      });
    const session: Session = {
      on: (type, listener) => void listeners.set(type, listener),
      ping: () => ask('GET', 'asterisk/ping'),
      async setUp() {
        const id = `raw-${requests}`;
        const started = comes('StasisStart', id);
        const ended = comes('StasisEnd', id);
        await ask('POST', `channels/${id}?endpoint=Local/wait@default&app=${app}`);
        await started;
        await ask('POST', `channels/${id}/answer`);
        await ask('DELETE', `channels/${id}`);
        await ended;
      },
      close: () => socket.close(),
    };
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'RESTResponse') {
        const resolve = pending.get(message.request_id);
        pending.delete(message.request_id);
        resolve?.(message.message_body === undefined ? undefined : JSON.parse(message.message_body));
      } else {
        listeners.get(message.type)?.();
        const key = `${message.type} ${message.channel?.id}`;
        awaited.get(key)?.();
        awaited.delete(key);
      }
    });
    listen(session);
    await once(socket, 'open');
    return session;
  },
};
