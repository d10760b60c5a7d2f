import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { AriAbortError, AriConnectionError, AriTimeoutError } from 'asterisk-ari';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ways } from '../support/ways.js';
import { begin, client, eachWithWireServer, server } from './support/wire-client.js';

eachWithWireServer();

const head = (length: number): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: ${length}\r\n\r\n`;
const recording = { recordingName: 'x' };

describe.each(ways)('a file by %s', (_name, way) => {
  beforeEach(() => begin(way));

  it.each([
    ['is cut off', 'end'],
    ['is reset', 'resetAndDestroy'],
  ] as const)('that %s is an error of the library, with how far it came', async (_what, end) => {
    server.answerWith((socket) => {
      socket.write(`${head(42)}0123456789`, () => setTimeout(() => socket[end](), 20));
    });
    const file = await client.recordings.getStoredFile(recording);
    const failure = await file.buffer().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriConnectionError);
    expect(failure).toMatchObject({ delivery: 'outcomeUnknown' });
    expect((failure as Error).message).toMatch(
      /^recordings\.getStoredFile: the file broke off after 10 of 42 bytes \(/,
    );
  });

  it('that breaks before anybody reads it ends nobody', async () => {
    server.answerWith((socket) => {
      socket.write(`${head(42)}0123456789`, () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    const file = await client.recordings.getStoredFile(recording);
    await expect.poll(() => file.stream().destroyed).toBe(true);
    await expect(file.buffer()).rejects.toThrow();
  });

  it('with bytes after its end is whole, or says that it is not', async () => {
    server.answerWith((socket) => socket.write(`${head(10)}0123456789garbage`));
    const file = await client.recordings.getStoredFile(recording);
    const read = await file.buffer().catch((error: unknown) => error);
    if (read instanceof Error) {
      expect(read).toBeInstanceOf(AriConnectionError);
    } else {
      expect(String(read)).toBe('0123456789');
    }
  });

  it('ends with the signal, and with the client', async () => {
    server.answerWith((socket) => socket.write(`${head(42)}0123456789`));
    const given = new AbortController();
    const files = [
      await client.recordings.getStoredFile(recording, { signal: given.signal }),
      await client.recordings.getStoredFile(recording),
    ];
    const read = files.map((file) => file.buffer().catch((error: unknown) => error));
    given.abort();
    expect(await read[0]).toBeInstanceOf(AriAbortError);
    await client.close();
    expect(await read[1]).toBeInstanceOf(AriAbortError);
  });
});

describe('a fetch of the application', () => {
  it('that does not heed its signal holds no request beyond its time, nor beyond close()', async () => {
    begin({ fetch: () => new Promise(() => undefined) });
    await expect(client.asterisk.ping({ timeoutMs: 50 })).rejects.toThrow(AriTimeoutError);
    const pending = client.asterisk.ping();
    await client.close();
    await expect(pending).rejects.toThrow(AriAbortError);
  });

  it('whose body never ends holds no request either', async () => {
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) });
    begin({ fetch: async () => new Response(body, { headers: { 'content-type': 'application/json' } }) });
    await expect(client.asterisk.ping({ timeoutMs: 50 })).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
  });

  it('that has answered has sent the request, whatever is wrong with the body', async () => {
    const used = new Response('{}');
    await used.text();
    begin({ fetch: async () => used });
    await expect(client.asterisk.ping()).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
  });
});

describe('over TLS', () => {
  async function listening<S extends Server>(one: S): Promise<string> {
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void one.close());
    return `https://127.0.0.1:${(one.address() as AddressInfo).port}/`;
  }

  it('a request whose greeting is not answered was certainly not sent', async () => {
    const mute = createServer((socket) => void socket.on('error', () => undefined).resume());
    const url = await listening(mute);
    begin({ timeoutMs: 100 }, url);
    const failure = await client.asterisk.ping().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriTimeoutError);
    expect(failure).toMatchObject({ delivery: 'notSent' });
  });

  it('a key of ours that cannot be read: certainly not sent', async () => {
    const url = await listening(createTlsServer());
    const tls = { key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', cert: 'none' };
    begin({ tls }, url);
    await expect(client.asterisk.ping()).rejects.toMatchObject({ delivery: 'notSent' });
  });
});
