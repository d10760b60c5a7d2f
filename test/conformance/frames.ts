import { once } from 'node:events';
import { WebSocket } from 'ws';
import { patience, type Server } from './world.js';

/** An event socket without the SDK: for frames that the SDK would not send. */
export interface RawSocket {
  /** Sends a frame as it is, and gives what comes back, without what differs from one server to the other. */
  ask(frame: string | Buffer): Promise<Record<string, unknown>>;
  /** Closes it, without a code if none is given, and gives the code that the server closes with. */
  close(code?: number): Promise<number>;
}

export async function openSocket({ url, username, password }: Server, app: string): Promise<RawSocket> {
  const address = `${url.replace('http', 'ws')}ari/events?app=${encodeURIComponent(app)}`;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const socket = new WebSocket(address, { headers: { Authorization: authorization } });
  await once(socket, 'open');
  return {
    async ask(frame) {
      const signal = AbortSignal.timeout(patience.timeoutMs);
      const answered = once(socket, 'message', { signal });
      socket.send(frame, { binary: false });
      const [data] = (await answered) as [Buffer];
      const { type, application, timestamp, asterisk_id, ...answer } = JSON.parse(data.toString('utf8')) as Record<
        string,
        unknown
      >;
      return answer;
    },
    async close(code) {
      const closed = once(socket, 'close', { signal: AbortSignal.timeout(patience.timeoutMs) });
      socket.close(code);
      const [received] = (await closed) as [number];
      return received;
    },
  };
}
