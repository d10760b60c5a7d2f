import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AriClient, AriValidationError } from 'asterisk-ari';
import { serve, type OutboundOptions, type OutboundServer } from 'asterisk-ari/outbound';
import { startMediaServer } from 'asterisk-ari/media';

const requests = { username: 'ari', password: 'ari-secret' };
const credentials = { username: 'pbx', password: 'pbx:secret' };
let server: OutboundServer<AriClient> | undefined;
let own: Server | undefined;

afterEach(async () => {
  await server?.close();
  own?.close();
  own?.closeAllConnections();
  [server, own] = [undefined, undefined];
});

async function start(options: Partial<OutboundOptions<AriClient>> = {}): Promise<number> {
  const warnings: string[] = [];
  const note = (text: string): void => void warnings.push(text);
  const logger = { debug: note, info: note, warn: note, error: note };
  const place = options.server === undefined ? { port: 0 } : {};
  server = await serve({ client: AriClient, ...place, ...credentials, logger, ...options }, () => undefined);
  return server.port;
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const right = basic('pbx:pbx:secret');

/** What Asterisk sends, and the answer to it; the answer's socket is closed. */
function upgrade(port: number, headers: Record<string, string> = {}, path = '/'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      path,
      headers: {
        Upgrade: 'websocket',
        Connection: 'Upgrade',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Protocol': 'ari',
        Authorization: right,
        ...headers,
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      resolve(response);
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response);
    });
    request.end();
  });
}

it('answers exactly what Asterisk takes', async () => {
  const answer = await upgrade(await start(), { 'Sec-WebSocket-Extensions': 'permessage-deflate' });
  expect(answer.statusCode).toBe(101);
  expect(answer.httpVersion).toBe('1.1');
  expect(answer.headers).toEqual({
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    'sec-websocket-protocol': 'ari',
  });
});

it.each([
  ['nothing', ''],
  ['another password', basic('pbx:other')],
  ['another user', basic('other:pbx:secret')],
  ['a part of it', basic('pbx:pbx')],
  ['another scheme', 'Bearer x'],
  ['something that is no base64', 'Basic §'],
])('refuses %s with 401', async (_what, authorization) => {
  const answer = await upgrade(await start(), { Authorization: Buffer.from(authorization).toString('latin1') });
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Basic realm="asterisk-ari"');
});

it.each(['basic', 'BASIC', 'Basic  '])('takes the scheme %j: its case does not matter', async (scheme) => {
  const Authorization = right.replace('Basic', scheme);
  expect((await upgrade(await start(), { Authorization })).statusCode).toBe(101);
  await using media = await startMediaServer({ ...credentials, path: '/' });
  const headers = { Authorization, 'Sec-WebSocket-Protocol': 'media' };
  expect((await upgrade(media.port, headers)).statusCode).toBe(101);
});

it('refuses other paths with 404, other subprotocols with 400, and what is no upgrade with 426', async () => {
  const port = await start({ path: '/ari' });
  expect((await upgrade(port, {}, '/other')).statusCode).toBe(404);
  expect((await upgrade(port, { 'Sec-WebSocket-Protocol': 'media' }, '/ari')).statusCode).toBe(400);
  expect((await upgrade(port, {}, '/ari?region=1')).statusCode).toBe(101);
  expect((await fetch(`http://127.0.0.1:${port}/ari`)).status).toBe(426);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
});

it('refuses with 503 what is more than it is to have', async () => {
  const port = await start({ maxConnections: 1 });
  const first = new WebSocket(`ws://127.0.0.1:${port}/`, 'ari', { headers: { authorization: right } });
  await new Promise((resolve) => first.once('open', resolve));
  const answer = await upgrade(port);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('1');
  first.terminate();
  await expect.poll(async () => (await upgrade(port)).statusCode).toBe(101);
});

it('gives up a connection that does not say who it is', async () => {
  const port = await start({ greetingTimeoutMs: 30 });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'ari', { headers: { authorization: right } });
  expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1006);
});

it('cuts a connection whose message is too long', async () => {
  const port = await start({ maxMessageBytes: 1024 });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'ari', { headers: { authorization: right } });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send('x'.repeat(2000));
  expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1009);
});

it('outlives whatever the other end sends', async () => {
  const port = await start({ greetingTimeoutMs: 50 });
  const messages = fc.array(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(messages, async (sent) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'ari', { headers: { authorization: right } });
      await new Promise((resolve) => socket.once('open', resolve));
      sent.forEach((message) => socket.send(message));
      socket.close();
      await new Promise((resolve) => socket.once('close', resolve));
    }),
    { numRuns: 50 },
  );
  const raw = fc.uint8Array({ minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(raw, async (bytes) => {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.write(
        `GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nAuthorization: ${right}\r\n`,
      );
      socket.write('Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
      await new Promise((resolve) => socket.once('data', resolve));
      socket.resume().end(bytes);
      await new Promise((resolve) => socket.once('close', resolve));
    }),
    { numRuns: 50 },
  );
  expect((await upgrade(port)).statusCode).toBe(101);
});

it('shares a server of yours with others', async () => {
  own = createServer((_request, response) => response.end('mine'));
  await new Promise<void>((resolve) => own!.listen(0, resolve));
  const { port } = own.address() as AddressInfo;
  await start({ server: own, path: '/ari' });
  expect((await upgrade(port, {}, '/ari')).statusCode).toBe(101);
  expect((await upgrade(port, {}, '/other')).statusCode).toBe(404);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('mine');
  own.on('upgrade', (request, socket) => request.url === '/other' && socket.end('HTTP/1.1 418 \r\n\r\n'));
  expect((await upgrade(port, {}, '/other')).statusCode).toBe(418);
  await server!.close();
  expect(own.listenerCount('upgrade')).toBe(1);
});

it('shares a server of yours with another one of this library, and answers for paths that nobody has', async () => {
  own = createServer();
  await new Promise<void>((resolve) => own!.listen(0, resolve));
  const { port } = own.address() as AddressInfo;
  await start({ server: own, path: '/ari' });
  await expect(
    serve({ client: AriClient, server: own, path: '/ari', ...credentials }, () => undefined),
  ).rejects.toThrow("option 'path' must be another one: '/ari' of this server is taken");
  await using media = await startMediaServer({ server: own, path: '/media', ...credentials });
  expect((await upgrade(port, {}, '/other')).statusCode).toBe(404);
  expect((await upgrade(port, {}, '/ari')).statusCode).toBe(101);
  await server!.close();
  expect((await upgrade(port, {}, '/ari')).statusCode).toBe(404);
  await media.close();
  expect(own.listenerCount('upgrade')).toBe(0);
});

it('names the option that is wrong', async () => {
  const base = { client: AriClient, port: 0, ...credentials };
  const wrong: [object, RegExp][] = [
    [{ port: undefined }, /'port'/],
    [{ port: 70_000 }, /'port'/],
    [{ path: 'ari' }, /'path'/],
    [{ username: 'a:b' }, /'username'/],
    [{ password: '' }, /'password'/],
    [{ client: {} }, /'client'/],
    [{ apps: 'ivr' }, /'apps'/],
    [{ http: { uri: '' } }, /'http.uri'/],
    [{ clientOptions: { url: '' } }, /'clientOptions.url'/],
    [{ maxConnections: 0 }, /'maxConnections'/],
    [{ host: '' }, /'host'/],
    [{ client: Date }, /'client' must be a class of bindings/],
    [{ client: undefined }, /'client' must be a class of bindings/],
    [{ clientOptions: { timeoutMs: -1 } }, /'clientOptions.timeoutMs' must be a whole number, at least 0, not -1/],
    [{ clientOptions: { retry: { attempts: 'x' } } }, /'clientOptions.retry/],
    [{ clientOptions: { retry: 5 } }, /'clientOptions.retry' must be an object with maxRetries/],
    [{ clientOptions: null }, /'clientOptions' must be an object with timeoutMs/],
    [{ http: null }, /'http' must be an object with url/],
    [{ tls: null }, /'tls' must be an object with cert/],
    [{ clientOptions: { validation: 'some' } }, /'clientOptions.validation' must be envelope or none or full/],
    [{ clientOptions: 7 }, /'clientOptions' must be an object with timeoutMs/],
    [{ http: {} }, /'http.username' must be/],
    [{ http: { url: 'ftp://x/', ...requests } }, /'http.url' must begin with http/],
    [{ http: { url: 'http://x/', ...requests, maxSockets: 0 } }, /'http.maxSockets' must be a whole number/],
    [{ http: { url: 'http://x/', ...requests, tls: { cafile: '' } } }, /'http.tls.cafile' does not exist/],
    [{ tls: {} }, /'tls.cert' must be given, as PEM/],
    [{ tls: { cert: 'x' } }, /'tls.key' must be given, as PEM/],
    [{ tls: { cert: 'x', key: 'y' } }, /'tls' is of no use to Node/],
    [{ tls: { certificate: 'x' } }, /'tls.certificate' does not exist; allowed are cert, key, ca, passphrase/],
    [{ port: undefined, server: {} }, /'server' must be a server of node:http/],
    [{ logger: {} }, /'logger'/],
  ];
  for (const [options, message] of wrong) {
    const attempt = serve({ ...base, ...options }, () => undefined);
    await expect(attempt).rejects.toThrow(AriValidationError);
    await expect(attempt).rejects.toThrow(message);
    const { parameter, message: text } = (await attempt.catch((error: unknown) => error)) as AriValidationError;
    expect(parameter).toBe(/'([\w.]+)'/.exec(text)?.[1]);
  }
  const incomplete = serve as unknown as (options?: object) => Promise<unknown>;
  await expect(incomplete()).rejects.toThrow('serve: options must be an object with client');
  await expect(incomplete(base)).rejects.toThrow('serve: listener must be a function, not undefined');
});
