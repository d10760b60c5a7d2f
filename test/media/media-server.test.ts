import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AriValidationError } from 'asterisk-ari';
import { startMediaServer, type Media, type MediaServer, type MediaServerOptions } from 'asterisk-ari/media';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { makeAuthority } from '../faults/support/certificates.js';
import { start } from './support/peer.js';

const user = { username: 'media', password: 'a password' };

const begin = (options: Partial<MediaServerOptions> = {}): Promise<MediaServer> =>
  startMediaServer({ ...user, ...options });

/** Connects as Asterisk does. */
function dial(port: number, options: { path?: string; auth?: string; ca?: Buffer; protocol?: string } = {}): WebSocket {
  const { path = '/media', auth = `${user.username}:${user.password}`, ca, protocol = 'media' } = options;
  return new WebSocket(`${ca === undefined ? 'ws' : 'wss'}://127.0.0.1:${port}${path}`, protocol, {
    headers: auth === '' ? {} : { authorization: `Basic ${Buffer.from(auth).toString('base64')}` },
    ...(ca !== undefined && { ca }),
  });
}

async function refusal(socket: WebSocket): Promise<number> {
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  socket.terminate();
  return response.statusCode;
}

async function arrival(server: MediaServer, socket: WebSocket): Promise<Media> {
  const arrived = new Promise<Media>((resolve) => server.on('media', resolve));
  socket.on('open', () => socket.send(JSON.stringify(start)));
  return arrived;
}

describe('a server for media', () => {
  it('hands over a connection once Asterisk has said what it is', async () => {
    await using server = await begin();
    const socket = dial(server.port, { path: '/media?x=1' });
    const media = await arrival(server, socket);
    expect(media.info).toMatchObject({ channelId: '1.1', format: 'slin16' });
    expect([socket.protocol, socket.extensions, server.connections]).toEqual(['media', '', 1]);
    const heard: string[] = [];
    socket.on('message', (message: Buffer, isBinary) =>
      heard.push(isBinary ? `${message.length}` : message.toString()),
    );
    await media.write(Buffer.alloc(640));
    await vi.waitFor(() => expect(heard.slice(0, 2)).toEqual(['{"command":"START_MEDIA_BUFFERING"}', '640']));
    socket.close(1000);
    expect(await media.closed).toBeUndefined();
    expect(server.connections).toBe(0);
  });

  it.each([
    ['no credentials', { auth: '' }, 401],
    ['another password', { auth: 'media:nonsense' }, 401],
    ['another user', { auth: 'somebody:a password' }, 401],
    ['another path', { path: '/ari' }, 404],
  ])('refuses %s', async (_, options, status) => {
    await using server = await begin();
    expect(await refusal(dial(server.port, options))).toBe(status);
    expect(server.connections).toBe(0);
  });

  it('refuses one connection more than it may have', async () => {
    await using server = await begin({ maxConnections: 1 });
    await arrival(server, dial(server.port));
    expect(await refusal(dial(server.port))).toBe(503);
  });

  it('answers what is no WebSocket', async () => {
    await using server = await begin();
    const outgoing = request({ port: server.port, host: '127.0.0.1', path: '/media' }).end();
    const [response] = (await once(outgoing, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(426);
  });

  it('needs credentials to ask for', async () => {
    await expect(startMediaServer({ ...user, password: '' })).rejects.toThrow("option 'password' must be a string");
    for (const username of ['a:b', '', undefined as never]) {
      const failure = startMediaServer({ ...user, username });
      await expect(failure).rejects.toThrow("option 'username' must be a string that is not empty and has no colon");
      await expect(failure).rejects.toBeInstanceOf(AriValidationError);
    }
  });

  it.each<[object, string]>([
    [{ port: 70_000 }, "option 'port' must be at most 65535, not 70000"],
    [{ host: '' }, "option 'host' must be a string that is not empty"],
    [{ path: 'media' }, "option 'path' must begin with a slash"],
    [{ path: '/media?x=1' }, "option 'path' must begin with a slash, and have neither ? nor #"],
    [{ server: {} }, "option 'server' must be a server of node:http or node:https, not an object"],
    [{ server: createServer(), port: 8_080 }, "option 'port' is not for a server that is given as 'server'"],
    [{ tls: null }, "option 'tls' must be an object with cert, key, not null"],
    [{ user: 'media' }, "startMediaServer: option 'user' does not exist; allowed are maxAheadMs, "],
    [{ maxConnections: 0 }, "option 'maxConnections' must be a whole number, at least 1"],
  ])('refuses %o', async (options, message) => {
    const failure = begin(options);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(AriValidationError);
  });

  it('is part of a server that is there already, and leaves it open', async () => {
    const http = createServer((_request, response) => response.end('mine'));
    const others: string[] = [];
    http.on('upgrade', (request, socket) => {
      if (request.url !== '/voice') {
        others.push(request.url ?? '');
        socket.destroy();
      }
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const server = await begin({ server: http, path: '/voice' });
    expect(server.port).toBe(port);
    const media = await arrival(server, dial(port, { path: '/voice' }));
    const other = dial(port, { path: '/other' });
    await new Promise((resolve) => other.on('error', () => undefined).on('close', resolve));
    expect(others).toEqual(['/other']);
    await server.close();
    expect(await media.closed).toBeUndefined();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('mine');
    expect(http.listenerCount('upgrade')).toBe(1);
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  it('speaks TLS', async () => {
    const { ca, server: tls } = makeAuthority();
    await using server = await begin({ tls });
    const media = await arrival(server, dial(server.port, { ca }));
    expect(media.info.channelId).toBe('1.1');
  });

  it('tells of what is no Asterisk, and closes it', async () => {
    await using server = await begin({ timeoutMs: 100 });
    const reasons: string[] = [];
    server.on('malformed', ({ reason }) => reasons.push(reason));
    const sockets = [dial(server.port), dial(server.port), dial(server.port)];
    const [wrong, silent, gone] = sockets as [WebSocket, WebSocket, WebSocket];
    wrong.on('open', () => wrong.send('hello'));
    gone.on('open', () => gone.terminate());
    await Promise.all([once(wrong, 'close'), once(silent, 'close'), once(gone, 'close')]);
    await vi.waitFor(() => expect(reasons).toHaveLength(3));
    expect(reasons.sort()).toEqual([
      'no MEDIA_START within 100 ms',
      'the media connection began with something else, not with MEDIA_START',
      'the media connection broke: 1006',
    ]);
  });

  it('closes with all that is connected', async () => {
    const server = await begin();
    const media = await arrival(server, dial(server.port));
    const unnamed = dial(server.port);
    await once(unnamed, 'open');
    server.on('malformed', () => undefined);
    await server.close();
    expect(await media.closed).toBeUndefined();
    expect(await refusal(dial(server.port)).catch(() => 0)).toBe(0);
  });
});
