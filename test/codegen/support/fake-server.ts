import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { sources, tinyDocuments } from './documents.js';

export const USERNAME = 'ari';
export const PASSWORD = 'sähr:geheim';

/** What a path answers in place of what it should. */
export type Answer = (response: ServerResponse) => void;

export interface FakeServer {
  readonly url: string;
  /** The paths that were asked for, in their order. */
  readonly requests: readonly string[];
}

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that has the tiny documents, a version and one user, and is gone after the test. */
export async function fakeServer(
  options: { prefix?: string; version?: string; answers?: Record<string, Answer> } = {},
): Promise<FakeServer> {
  const { prefix = '', version = '22.10.1', answers = {} } = options;
  const texts = new Map([...sources(tinyDocuments()).files].map(([file, text]) => [`api-docs/${file}`, text]));
  texts.set('asterisk/info?only=system', JSON.stringify({ system: { version, entity_id: '00:00' } }));
  const requests: string[] = [];

  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const path = (request.url ?? '').slice(`${prefix}/ari/`.length);
    const text = request.url?.startsWith(`${prefix}/ari/`) ? texts.get(path) : undefined;
    if (!isAuthorized(request)) reply(response, 401, '{"message":"Unauthorized"}');
    else if (answers[path]) answers[path](response);
    else if (text === undefined) reply(response, 404, '{"message":"Resource not found"}');
    else reply(response, 200, text);
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`, requests };
}

export function reply(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

function isAuthorized({ headers }: IncomingMessage): boolean {
  return headers.authorization === `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`;
}
