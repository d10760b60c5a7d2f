import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { AriConnectionError, AriError, AriProtocolError, AriTimeoutError } from 'asterisk-ari';
import { beforeEach, describe, expect, it } from 'vitest';
import { ways } from '../support/ways.js';
import { begin, client, eachWithWireServer, server } from './support/wire-client.js';

const pong = '{"ping":"pong"}';

eachWithWireServer();

/** A whole answer. */
function answer(body: string | Buffer = pong, headers = ''): Buffer {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.concat([Buffer.from(`${head}${headers}\r\n`), Buffer.from(body)]);
}

/** An answer in chunks. */
function chunked(...chunks: string[]): string {
  const sized = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${sized.join('')}`;
}

const wellFormed: readonly (readonly [name: string, bytes: string])[] = [
  ['in one piece', answer().toString()],
  ['after words of a proxy that it is coming', `HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${answer().toString()}`],
  ['in chunks', `${chunked('{"ping":', '"pong"}')}0\r\n\r\n`],
  ['in chunks, with a trailer', `${chunked(pong)}0\r\nX-Checksum: 7\r\n\r\n`],
  ['with header names in any case', answer().toString().replace('Content-Length', 'CONTENT-length')],
];

describe.each(ways)('an answer by %s', (name, way) => {
  beforeEach(() => begin(way));

  it.each(wellFormed)('%s is read', async (_case, bytes) => {
    server.answerWith(bytes);
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
  });

  it.each([
    ['says that the connection closes', answer(pong, 'Connection: close\r\n').toString()],
    ['says nothing of its length', `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${pong}`],
    ['is of HTTP/1.0', answer().toString().replace('1.1', '1.0')],
  ])('that %s is read, and the next request has a connection of its own', async (_case, bytes) => {
    server.answerWith((socket) => socket.end(bytes));
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
    expect(server.accepted).toBe(2);
  });

  it('comes on a new connection after an idle one was closed', async () => {
    server.answerWith((socket) => socket.write(answer()));
    for (let time = 0; time < 4; time += 1) {
      expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
      server.sockets.forEach((socket) => socket.end());
      await expect.poll(() => server.sockets).toEqual([]);
    }
  });

  it('that comes before the whole request was sent counts', async () => {
    server.answerWith((socket) => {
      socket.pause();
      const body = '{"message":"too long"}';
      socket.write(
        `HTTP/1.1 413 Too Large\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
    const variables = { LONG: 'x'.repeat(5_000_000) };
    const originated = client.channels.originate(
      { endpoint: 'Local/1', app: 'hello', variables },
      { timeoutMs: 5_000 },
    );
    await expect(originated).rejects.toMatchObject({ status: 413, serverMessage: 'too long' });
  });

  it('of a success without a body is not spoilt by what comes after it', async () => {
    server.answerWith((socket) => socket.write(`HTTP/1.1 204 No Content\r\n\r\n${pong}`));
    await client.channels.ring({ channelId: 'x' });
    server.answerWith('HTTP/1.1 204 No Content\r\n\r\n');
    await client.channels.ring({ channelId: 'x' });
  });

  it('never takes the place of the next one', async () => {
    const forged = answer('{"ping":"forged"}').toString();
    server.answerWith((socket) => socket.write(answer().toString() + forged));
    await client.asterisk.ping();
    server.answerWith(answer().toString());
    expect(await client.asterisk.ping().catch(() => client.asterisk.ping())).toEqual({ ping: 'pong' });
    server.sockets.forEach((socket) => socket.write(forged));
    // Both ends are here: what was written is there to be read.
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await client.asterisk.ping().catch(() => client.asterisk.ping())).toEqual({ ping: 'pong' });
  });

  it.each([
    ['shorter than it says', answer().toString().replace('h: 15', 'h: 16')],
    ['cut in the middle of chunks', chunked('{"ping":')],
    ['cut between its head and its body', 'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n'],
    ['cut within its head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['with a length that is none', answer().toString().replace('h: 15', 'h: many')],
    ['with two lengths', answer(pong, 'Content-Length: 3\r\n').toString()],
    ['with a length and chunks', `${chunked(pong).replace('\r\n\r\n', '\r\nContent-Length: 3\r\n\r\n')}0\r\n\r\n`],
    ['with a chunk that has no length', `${chunked()}zz\r\n${pong}\r\n0\r\n\r\n`],
    ['of headers without end', `HTTP/1.1 200 OK\r\n${'X-Long: x\r\n'.repeat(5_000)}\r\n`],
  ])('%s is a lost connection', async (_case, bytes) => {
    server.answerWith((socket) => socket.end(bytes));
    const failure = await client.asterisk.ping().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriConnectionError);
    expect(failure).toMatchObject({ delivery: 'outcomeUnknown' });
  });

  it('of another protocol, which nobody asked for, is a lost connection, or in time none at all', async () => {
    server.answerWith((socket) => socket.end('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'));
    const failure = await client.asterisk.ping({ timeoutMs: 500 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriConnectionError);
    expect(failure).toMatchObject({ delivery: 'outcomeUnknown' });
    if (name === 'node:http') {
      expect(failure).not.toBeInstanceOf(AriTimeoutError);
    }
  });

  it.each([
    ['gzip', gzipSync(pong)],
    ['x-gzip', gzipSync(pong)],
    ['deflate', deflateSync(pong)],
    ['br', brotliCompressSync(pong)],
    ['identity', Buffer.from(pong)],
  ])('that was made %s on the way, though nobody asked for that, is read', async (coding, bytes) => {
    server.answerWith((socket) => socket.write(answer(bytes, `Content-Encoding: ${coding}\r\n`)));
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
  });

  it('that was compressed and cut off is no answer', async () => {
    server.answerWith((socket) => socket.write(answer(gzipSync(pong).subarray(0, 12), 'Content-Encoding: gzip\r\n')));
    await expect(client.asterisk.ping({ timeoutMs: 2_000 })).rejects.toThrow(AriError);
  });

  it('without end is given up at 64 MiB, and the error says so', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let written = 0;
    server.answerWith((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
      const more = (): void => {
        while (!socket.destroyed) {
          written += chunk.length;
          if (!socket.write(chunk)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    const failure = await client.asterisk.ping({ timeoutMs: 15_000 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriProtocolError);
    expect((failure as Error).message).toMatch(/asterisk\.ping: the answer is longer than 64 MiB/);
    expect(written).toBeLessThan(100 * 1024 * 1024);
  });

  it('that says what is wrong without end is read as far as it may be', async () => {
    server.answerWith((socket) => {
      socket.write('HTTP/1.1 500 Broken\r\nContent-Type: text/plain\r\n\r\nbroken, ');
      const more = (): void => {
        while (socket.write('and again '.repeat(1_000))) {
          // As long as the kernel takes it.
        }
        socket.once('drain', more);
      };
      more();
    });
    await expect(client.asterisk.ping({ timeoutMs: 5_000 })).rejects.toMatchObject({
      status: 500,
      serverMessage: expect.stringMatching(/^broken, and again/) as string,
    });
  });
});

describe('an answer by node:http', () => {
  beforeEach(() => begin({}));

  it.each<readonly [name: string, bytes: string]>([
    ...wellFormed,
    ['after a go-ahead nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${answer().toString()}`],
  ])('%s keeps the connection', async (_case, bytes) => {
    server.answerWith(bytes);
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
    expect(await client.asterisk.ping()).toEqual({ ping: 'pong' });
    expect(server.accepted).toBe(1);
  });

  it('in a coding that nobody knows is refused by its name', async () => {
    server.answerWith((socket) => socket.write(answer(pong, 'Content-Encoding: zstd\r\n')));
    await expect(client.asterisk.ping()).rejects.toThrow(
      /asterisk\.ping: the answer came with the content coding 'zstd'/,
    );
  });

  it('that grows without end when it is unpacked is given up at 64 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    server.answerWith((socket) => socket.write(answer(bomb, 'Content-Encoding: gzip\r\n')));
    await expect(client.asterisk.ping()).rejects.toThrow(AriProtocolError);
  });
});
