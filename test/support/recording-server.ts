import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Recorded {
  readonly method: string;
  /** The target as sent: path and query, still escaped. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a recorded request. @default 204 */
export type Answer = (request: Recorded, response: ServerResponse) => void;

/** An HTTP server that keeps what it is sent: to see requests as Asterisk would. */
export async function startRecordingServer(answer: Answer = (_, response) => response.writeHead(204).end()) {
  const requests: Recorded[] = [];
  // A test process that stands still for a while must not find its connections closed.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', headers } = request;
      const recorded = { method, target, headers, body: Buffer.concat(chunks).toString() };
      requests.push(recorded);
      answer(recorded, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    /** The latest request. */
    last: (): Recorded => requests.at(-1) as Recorded,
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
