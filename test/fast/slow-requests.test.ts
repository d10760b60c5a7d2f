import { AriClient, AriConnectionError, AriTimeoutError, connect, type ConnectOptions } from 'asterisk-ari';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '../faults/support/states.js';
import { WireServer } from '../faults/support/wire-server.js';
import { ways } from '../support/ways.js';
import { AnsweringAsterisk, type SocketRequest } from './support/answering-asterisk.js';

let client: AriClient;

afterEach(() => client.close());

describe('over the event connection, while one request is not answered', () => {
  let asterisk: AnsweringAsterisk;
  let lines: string[];

  afterEach(() => asterisk[Symbol.asyncDispose]());

  /** A client whose requests go over the event connection, where they get no answers from now on. */
  async function begin(options: ConnectOptions = {}): Promise<void> {
    asterisk = new AnsweringAsterisk('22.10.1');
    lines = [];
    const keep = (line: string): void => void lines.push(line);
    const logger = { debug: keep, info: keep, warn: keep, error: keep };
    client = await connect(await asterisk.start(), 'ari', 'secret', { logger, ...options });
    await client.start('hello');
    await vi.waitFor(() => expect(lines).toContain('requests go over the event connection'));
    asterisk.httpAnswer = [];
    asterisk.answer = () => undefined;
  }

  function answer(...requests: readonly (SocketRequest | undefined)[]): void {
    requests.forEach((request) => asterisk.respond(request as SocketRequest, { status: 204 }));
  }

  const stalled = (): Promise<void> =>
    vi.waitFor(() => expect(lines.filter((line) => line.includes('is not answered'))).toHaveLength(1), 5_000);

  it('others go over HTTP, until it is answered', async () => {
    await begin();
    const hanging = client.channels.hangup({ channelId: 'x' });
    await stalled();
    expect(lines).toContain('channels.hangup is not answered: until it is, other requests go over HTTP');
    await client.bridges.list();
    await client.channels.ring({ channelId: 'y' });
    expect(asterisk.overHttp).toEqual(['GET /ari/bridges', 'POST /ari/channels/y/ring']);
    expect(asterisk.overSocket).toHaveLength(1);
    answer(asterisk.overSocket[0]);
    await hanging;
    asterisk.answer = () => ({ status: 204 });
    await client.channels.ring({ channelId: 'y' });
    expect(asterisk.overHttp).toHaveLength(2);
    expect(asterisk.overSocket).toHaveLength(2);
  });

  it('what only reads and was sent after it is asked over HTTP', async () => {
    await begin();
    const hanging = client.channels.hangup({ channelId: 'x' });
    expect(await client.bridges.list()).toEqual([]);
    expect(asterisk.overSocket.map(({ uri }) => uri)).toEqual(['channels/x', 'bridges']);
    expect(asterisk.overHttp).toEqual(['GET /ari/bridges']);
    // The answer that comes after all is nobody's.
    answer(...asterisk.overSocket);
    await hanging;
  });

  it('what is about the same object keeps its order, whatever it is', async () => {
    await begin();
    const x = client.channels.handle('x');
    const commands = [x.hangup(), x.ring(), client.channels.handle('y').ring()];
    const reading = client.channels.get({ channelId: 'y' }).catch((error: unknown) => error);
    await stalled();
    commands.push(x.hold());
    commands.push(client.channels.handle('y').hold());
    await client.channels.handle('z').ring();
    const sent = [
      'channels/x',
      'channels/x/ring',
      'channels/y/ring',
      'channels/y',
      'channels/x/hold',
      'channels/y/hold',
    ];
    await vi.waitFor(() => expect(asterisk.overSocket.map(({ uri }) => uri)).toEqual(sent));
    expect(asterisk.overHttp).toEqual(['POST /ari/channels/z/ring']);
    answer(...asterisk.overSocket);
    await Promise.all([...commands, reading]);
  });

  it('what waits for its turn goes over HTTP as well', async () => {
    await begin();
    const many = Array.from({ length: 140 }, (_, index) => client.channels.ring({ channelId: `c${index}` }));
    await vi.waitFor(() => expect(asterisk.overHttp).toHaveLength(12), 5_000);
    expect(asterisk.overSocket).toHaveLength(128);
    answer(...asterisk.overSocket);
    await Promise.all(many);
    expect(new Set(asterisk.overHttp).size).toBe(12);
  });

  it('nothing moves where the application has chosen the event connection', async () => {
    await begin({ transport: 'websocket' });
    const asked = [client.channels.hangup({ channelId: 'x' }), client.bridges.list().catch(() => undefined)];
    await new Promise((resolve) => setTimeout(resolve, 700));
    asked.push(client.channels.ring({ channelId: 'y' }));
    await vi.waitFor(() => expect(asterisk.overSocket).toHaveLength(3));
    expect(asterisk.overHttp).toEqual([]);
    answer(...asterisk.overSocket);
    await Promise.all(asked);
  });

  it('missing pongs are not taken for a dead connection; afterwards they are', async () => {
    await begin({ pingIntervalMs: 50 });
    asterisk.answersPings = false;
    const hanging = client.channels.hangup({ channelId: 'x' });
    const lost = until(client, 'reconnecting');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(client.state).toBe('open');
    answer(asterisk.overSocket[0]);
    await hanging;
    expect((await lost).error).toBeInstanceOf(AriConnectionError);
  });
});

describe.each(ways)('over HTTP by %s, requests that are not answered', (_name, way) => {
  it('keep others waiting only for a moment; what is the limit of them is told', async () => {
    await using server = await WireServer.start();
    server.answerWith((socket, _count, line) => {
      if (!line.startsWith('DELETE')) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"ping":"pong"}');
      }
    });
    const options = { url: server.url, username: 'ari', password: 'secret', retry: false, maxSockets: 3 } as const;
    client = new AriClient({ ...way, ...options });
    const hang = (count: number): Promise<unknown>[] =>
      Array.from({ length: count }, (_, index) => client.channels.hangup({ channelId: `c${index}` }).catch(() => 0));
    const hanging = hang(3);
    expect((await client.asterisk.ping({ timeoutMs: 5_000 })).ping).toBe('pong');
    hanging.push(...hang(3));
    await new Promise((resolve) => setTimeout(resolve, 700));
    const failure = await client.asterisk.ping({ timeoutMs: 300 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AriTimeoutError);
    expect(failure).toMatchObject({ delivery: 'notSent' });
    expect((failure as Error).message).toMatch(
      /^asterisk\.ping was not sent within 300 ms: 6 others wait for their answers, the first of them, channels\.hangup, for \d\.\d s$/,
    );
    expect(server.sockets.length).toBeLessThanOrEqual(6 + 1);
    server.sockets.forEach((socket) => socket.destroy());
    await Promise.all(hanging);
    expect((await client.asterisk.ping({ timeoutMs: 5_000 })).ping).toBe('pong');
  });
});
