import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import {
  AriAbortError,
  AriConnectionError,
  AriProtocolError,
  AriTimeoutError,
  AriValidationError,
  ConflictError,
  NotFoundError,
} from 'asterisk-ari';
import type { Media } from 'asterisk-ari/media';
import { describe, expect, it, vi } from 'vitest';
import { Peer, start } from './support/peer.js';

/** Collects what a media connection tells. */
function listen(media: Media): unknown[] {
  const told: unknown[] = [];
  for (const type of ['malformed', 'unknown', 'dropped', 'ERROR', 'DTMF_END', 'listenerError'] as const) {
    media.on(type, (event) => told.push(event));
  }
  return told;
}

const soon = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('connecting', () => {
  it('asks for the channel by its id, and tells what the channel carries', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    expect(peer.paths).toEqual(['/asterisk/media/c%2F1']);
    expect(media.info).toEqual({
      channelId: '1.1',
      channelName: 'WebSocket/INCOMING/0x1',
      connectionId: 'c',
      format: 'slin16',
      frameBytes: 640,
      frameMs: 20,
      passthrough: false,
      variables: {},
    });
  });

  it('speaks plain text to an Asterisk that does', async () => {
    const first = 'MEDIA_START connection_id:c channel:n format:ulaw optimal_frame_size:160 ptime:20';
    await using peer = await Peer.start(first);
    await using media = await peer.connect();
    media.flush();
    media.pause();
    await peer.hears('PAUSE_MEDIA');
    expect(peer.texts).toEqual(['FLUSH_MEDIA', 'PAUSE_MEDIA']);
    const mark = media.mark();
    await peer.hears('STOP_MEDIA_BUFFERING 1');
    peer.send('MEDIA_BUFFERING_COMPLETED 1');
    expect(await mark).toBe('played');
    await expect(media.setDirection('in')).rejects.toThrow(AriValidationError);
  });

  it.each([
    ['something else', 'MEDIA_XON', 'began with something else'],
    ['nonsense', '{"event":', 'began with a message that is malformed: it is not JSON'],
  ])('fails if the first message is %s', async (_, first, reason) => {
    await using peer = await Peer.start(first);
    await expect(peer.connect()).rejects.toThrow(reason);
    await expect(peer.connect()).rejects.toBeInstanceOf(AriProtocolError);
    await vi.waitFor(() => expect(peer.closed?.code).toBe(1002));
  });

  it('fails if there is no first message in time, and leaves nothing open', async () => {
    await using peer = await Peer.start();
    await using silent = new SilentPeer();
    await silent.listening;
    const failure = peer.connect({ url: silent.url, timeoutMs: 50 });
    await expect(failure).rejects.toBeInstanceOf(AriTimeoutError);
    await vi.waitFor(() => expect(silent.open).toBe(0));
  });

  it('can be given up', async () => {
    await using silent = new SilentPeer();
    await silent.listening;
    const controller = new AbortController();
    await using peer = await Peer.start();
    const failure = peer.connect({ url: silent.url, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(failure).rejects.toBeInstanceOf(AriAbortError);
    await expect(peer.connect({ signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AriAbortError);
    await vi.waitFor(() => expect(silent.open).toBe(0));
  });

  it.each([
    [404, NotFoundError],
    [409, ConflictError],
  ])('that is refused with %s never shows the id', async (status, errorClass) => {
    const server = createServer((request, response) => response.writeHead(status).end(`no ${request.url}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.on('upgrade', (request, socket) => {
      const body = `no ${request.url}`;
      socket.end(`HTTP/1.1 ${status} X\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await using peer = await Peer.start();
    const failure: unknown = await peer.connect({ url, connectionId: 'a-secret-id' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(errorClass);
    expect(String((failure as Error).stack) + JSON.stringify(failure)).not.toContain('a-secret-id');
    server.close();
  });

  it('that broke never shows what the other end must not be told back', async () => {
    await using peer = await Peer.start();
    const told: string[] = [];
    const write = (line: string): void => void told.push(line);
    const logger = { debug: write, info: write, warn: write, error: write };
    const headers = { Authorization: 'Bearer token-of-mine' };
    const media = await peer.connect({ headers, logger });
    peer.send('ERROR channel_id:1 error_text:what is token-of-mine?');
    await vi.waitFor(() => expect(told).toHaveLength(1));
    peer.socket.close(4000, 'no token-of-mine here');
    const error = await media.closed;
    expect(error?.message).toMatch(/^the media connection broke: 4000 no .* here$/);
    expect(String(error?.stack) + told.join('')).not.toContain('token-of-mine');
  });

  it('refuses options that make no sense', async () => {
    await using peer = await Peer.start();
    await expect(peer.connect({ maxAheadMs: 39 })).rejects.toThrow(
      "option 'maxAheadMs' must be a whole number, at least 40",
    );
    await expect(peer.connect({ maxAheadMs: 60_001 })).rejects.toThrow("option 'maxAheadMs' must be at most 60000");
    await expect(peer.connect({ connectionId: '' })).rejects.toThrow(
      "option 'connectionId' must be a string that is not empty",
    );
  });

  it.each<[object, string]>([
    [{ sampleRate: 8_000 }, "connectMedia: option 'sampleRate' does not exist; allowed are maxAheadMs, "],
    [{ direction: 'up' }, 'option \'direction\' must be both or in or out, not "up"'],
    [{ passthrough: 'yes' }, 'option \'passthrough\' must be true or false, not "yes"'],
    [{ url: 'ftp://pbx/' }, "option 'url' must begin with http: or https:, not ftp:"],
    [{ url: 'http://me:secret@pbx/' }, "option 'url' must not hold credentials"],
    [{ url: 'pbx' }, "option 'url' must be that of an HTTP server"],
    [{ tls: { certificate: '' } }, "option 'tls.certificate' does not exist; allowed are ca, "],
    [{ agent: {} }, "option 'agent' must be an agent of node:http or node:https, not an object"],
    [{ logger: {} }, "option 'logger' must have the methods debug, info, warn and error"],
    [{ headers: { Host: 'elsewhere' } }, "option 'headers.Host' is set by the client itself"],
    [{ signal: {} }, "option 'signal' must be an AbortSignal, not an object"],
    [{ timeoutMs: -1 }, "option 'timeoutMs' must be a whole number, at least 0"],
  ])('refuses %j', async (options, message) => {
    await using peer = await Peer.start();
    const failure = peer.connect(options);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(AriValidationError);
    expect(peer.paths).toEqual([]);
  });

  it('shows a gateway what it wants to see, made anew for each connection, and nobody else', async () => {
    await using peer = await Peer.start();
    let count = 0;
    const headers = () => ({ Authorization: `Bearer token-number-${(count += 1)}` });
    for (const token of ['token-number-1', 'token-number-2']) {
      await using _media = await peer.connect({ headers });
      expect(peer.headers.at(-1)).toMatchObject({ authorization: `Bearer ${token}` });
    }
    const failing = () => {
      throw new Error('the vault is closed: Bearer token-number-2');
    };
    await expect(peer.connect({ headers: failing })).rejects.toThrow("the function of the option 'headers' failed");
    expect(peer.paths).toHaveLength(2);
  });
});

describe('what comes', () => {
  it('is read with for await, and again after a loop was left', async () => {
    await using peer = await Peer.start();
    const media = await peer.connect();
    peer.send(Buffer.from('one'));
    peer.send(Buffer.from('two'));
    for await (const audio of media) {
      expect(audio.toString()).toBe('one');
      break;
    }
    peer.socket.close(1000);
    const rest: string[] = [];
    for await (const audio of media) {
      rest.push(audio.toString());
    }
    expect(rest).toEqual(['two']);
    expect(await media.closed).toBeUndefined();
  });

  it('is a stream, which ends with the connection', async () => {
    await using peer = await Peer.start();
    const media = await peer.connect();
    const all = text(media.readable());
    for (let index = 0; index < 100; index += 1) {
      peer.send(Buffer.from(`${index},`));
    }
    peer.socket.close(1000);
    expect(await all).toBe(Array.from({ length: 100 }, (_, index) => `${index},`).join(''));
  });

  it('is a stream that may be destroyed: nothing is lost to whoever goes on', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const stream = media.readable();
    stream.resume();
    // It waits for audio by then.
    await new Promise(setImmediate);
    stream.destroy();
    await once(stream, 'close');
    peer.send(Buffer.from('first'));
    const { value } = await media[Symbol.asyncIterator]().next();
    expect(String(value)).toBe('first');
  });

  it('is let go if nobody takes it, while the socket is read on', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ maxReceiveMs: 100 });
    const told = listen(media);
    void media[Symbol.asyncIterator]().next();
    for (let index = 0; index < 200; index += 1) {
      peer.send(Buffer.alloc(640, index));
    }
    peer.send({ event: 'DTMF_END', digit: '7' });
    await vi.waitFor(() => expect(told).toContainEqual({ event: 'DTMF_END', digit: '7' }));
    expect([media.receivedMs, media.droppedMs]).toEqual([4_000, 3_880]);
    expect(told[0]).toEqual({ ms: 20, totalMs: 20, bytes: 640, totalBytes: 640 });
  });

  it('may be malformed: it is told, and the connection goes on', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const told = listen(media);
    for (const message of [
      '',
      '{',
      'STATUS',
      '[1]',
      '{"event":"NEW","a":1}',
      JSON.stringify(start),
      'x'.repeat(50_000),
    ]) {
      peer.send(message);
    }
    peer.send({ event: 'DTMF_END', digit: '1' });
    await vi.waitFor(() => expect(told).toContainEqual({ event: 'DTMF_END', digit: '1' }));
    expect(told).toEqual([
      { text: '', reason: 'it has no name of an event' },
      { text: '{', reason: 'it is not JSON' },
      { text: 'STATUS', reason: 'queue_length must be a whole number' },
      { text: '[1]', reason: 'it has no name of an event' },
      { event: 'NEW', a: 1 },
      { text: 'MEDIA_START', reason: 'the connection has started already' },
      { event: 'x'.repeat(50_000) },
      { event: 'DTMF_END', digit: '1' },
    ]);
  });

  it('that is malformed is logged where nobody listens', async () => {
    await using peer = await Peer.start();
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: write, info: write, warn: write, error: write };
    await using media = await peer.connect({ logger });
    peer.send('{');
    peer.send({ event: 'ERROR', error_text: 'no such thing\n' });
    await vi.waitFor(() => expect(lines).toHaveLength(2));
    expect(lines).toEqual([
      'media of WebSocket/INCOMING/0x1: a message was ignored: it is not JSON',
      'media of WebSocket/INCOMING/0x1: Asterisk says: no such thing',
    ]);
    media.on('DTMF_END', () => {
      throw new Error('in the listener');
    });
    peer.send({ event: 'DTMF_END', digit: '1' });
    await vi.waitFor(() => expect(lines[2]).toMatch(/^a listener for DTMF_END .* failed: Error: in the listener/));
  });

  it.each([
    ['a message that is too long', (peer: Peer) => peer.send(Buffer.alloc(200_000)), /1006 Max payload size exceeded/],
    ['broken UTF-8', (peer: Peer) => peer.socket.send(Buffer.of(0xff, 0xfe), { binary: false }), /invalid UTF-8/],
    [
      'bytes that are no frame',
      (peer: Peer) => wireOf(peer).write(Buffer.alloc(50, 0xff)),
      /RSV|Invalid WebSocket frame/,
    ],
    ['a connection that is cut', (peer: Peer) => peer.socket.terminate(), /the media connection broke: 1006/],
  ])('may be %s: the connection ends with an error, and nothing is thrown', async (_, send, message) => {
    await using peer = await Peer.start();
    const media = await peer.connect();
    const mark = media.mark();
    const status = media.status();
    send(peer);
    const error = await media.closed;
    expect(error).toBeInstanceOf(AriConnectionError);
    expect(error?.message).toMatch(message);
    expect(await mark).toBe('closed');
    await expect(status).rejects.toBeInstanceOf(AriConnectionError);
    expect(await media.write(Buffer.alloc(10))).toBe(false);
    await expect(media.answer()).rejects.toThrow('the media connection is over');
    await Promise.all([media.close(), media.hangup()]);
  });
});

describe('what is sent', () => {
  it('waits between MEDIA_XOFF and MEDIA_XON', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    peer.send({ event: 'MEDIA_XOFF' });
    await vi.waitFor(() => expect(media.heldBack).toBe(true));
    const write = media.write(Buffer.alloc(6_400, 1));
    await soon(50);
    expect(peer.audio).toHaveLength(0);
    expect(media.queuedMs).toBe(200);
    peer.send({ event: 'MEDIA_XON' });
    expect(await write).toBe(true);
    expect(media.aheadMs).toBeGreaterThan(100);
    await vi.waitFor(() => expect(Buffer.concat(peer.audio).equals(Buffer.alloc(6_400, 1))).toBe(true));
  });

  it('is a stream, which takes no more than can be sent, and finishes when all is played', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ maxAheadMs: 400 });
    let made = 0;
    async function* tone() {
      for (; made < 120; made += 1) {
        yield Buffer.alloc(640, made);
      }
    }
    let done = false;
    const piped = pipeline(tone, media.writable()).then(() => (done = true));
    await peer.hears('"MARK_MEDIA","correlation_id":"1"');
    // What is sent, and what the stream itself holds.
    expect(made).toBeLessThan(60);
    const answer = setInterval(() => {
      for (const command of peer.texts.splice(0)) {
        const { correlation_id } = JSON.parse(command) as { correlation_id?: string };
        if (correlation_id !== undefined) {
          peer.send({ event: 'MEDIA_MARK_PROCESSED', correlation_id });
        }
      }
    }, 5);
    expect(done).toBe(false);
    await piped;
    clearInterval(answer);
    expect(Buffer.concat(peer.audio)).toHaveLength(120 * 640);
  });

  it('is let go by a stream that a flush has made old', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const stream = media.writable();
    media.flush();
    stream.write(Buffer.alloc(640));
    await new Promise<void>((resolve) => stream.end(resolve));
    expect(peer.audio).toHaveLength(0);
  });

  it('is refused while the direction is in', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ direction: 'in' });
    const refusal = "audio cannot be sent while the direction is 'in'";
    await expect(media.write(Buffer.alloc(10))).rejects.toThrow(refusal);
    await expect(media.mark()).rejects.toThrow(refusal);
    await expect(media.play(Buffer.alloc(10))).rejects.toThrow(refusal);
    await media.setDirection('both');
    expect(media.direction).toBe('both');
    expect(await media.write(Buffer.alloc(640))).toBe(true);
    await peer.hears('{"command":"SET_MEDIA_DIRECTION","direction":"both"}');
  });

  it('goes frame by frame once Asterisk says that it passes frames on', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    peer.send({ event: 'ERROR', error_text: 'START_MEDIA_BUFFERING not supported in passthrough mode' });
    await new Promise((resolve) => media.once('ERROR', resolve));
    expect(await media.play(Buffer.alloc(6_400))).toEqual({ outcome: 'played', playedMs: 200 });
    expect(peer.audio.map(({ length }) => length)).toEqual(Array(10).fill(640));
    expect(peer.texts).toEqual([]);
  });

  it('are commands, each with its own method', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    await media.answer();
    media.pause();
    media.continue();
    const status = media.status();
    await peer.hears('GET_STATUS');
    const counts = { queue_length: 3, xon_level: 800, xoff_level: 900 };
    const flags = { queue_full: false, bulk_media: true, media_paused: false };
    peer.send({ event: 'STATUS', ...counts, ...flags });
    expect(await status).toMatchObject({ queue_length: 3, bulk_media: true });
    const drained = media.drained();
    await peer.hears('REPORT_QUEUE_DRAINED');
    peer.send({ event: 'QUEUE_DRAINED' });
    expect(await drained).toBe('played');
    const names = peer.texts.map((command) => (JSON.parse(command) as { command: string }).command);
    expect(names).toEqual(['ANSWER', 'PAUSE_MEDIA', 'CONTINUE_MEDIA', 'GET_STATUS', 'REPORT_QUEUE_DRAINED']);
  });
});

describe('playing', () => {
  it('ends with a flush, and does not wait for a source that is slow', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    let returned = false;
    const source: AsyncIterable<Buffer> = {
      [Symbol.asyncIterator]: () => ({
        next: () =>
          peer.audio.length > 0
            ? new Promise(() => undefined)
            : Promise.resolve({ value: Buffer.alloc(640), done: false }),
        return: () => {
          returned = true;
          return Promise.resolve({ value: undefined, done: true });
        },
      }),
    };
    const playing = media.play(source);
    await vi.waitFor(() => expect(peer.audio.length).toBeGreaterThan(0));
    media.flush();
    expect((await playing).outcome).toBe('flushed');
    expect(returned).toBe(true);
  });

  it('ends with its signal', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const controller = new AbortController();
    const playing = media.play(Buffer.alloc(64_000), { signal: controller.signal });
    await vi.waitFor(() => expect(peer.audio.length).toBeGreaterThan(0));
    controller.abort();
    expect((await playing).outcome).toBe('flushed');
    await peer.hears('FLUSH_MEDIA');
    expect(await media.play(Buffer.alloc(640), { signal: controller.signal })).toEqual({
      outcome: 'flushed',
      playedMs: 0,
    });
  });

  it('fails as its source fails', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    // oxlint-disable-next-line require-yield -- it fails before
    async function* broken(): AsyncGenerator<Buffer> {
      throw new Error('no voice');
    }
    await expect(media.play(broken())).rejects.toThrow('no voice');
  });
});

describe('the end', () => {
  it('comes with hangup(), which tells Asterisk, and closes by itself if that does not', async () => {
    await using peer = await Peer.start();
    const media = await peer.connect();
    const over = media.hangup();
    await peer.hears('HANGUP');
    peer.socket.close(1000);
    await over;
    expect(await media.closed).toBeUndefined();
  });

  it('comes with close()', async () => {
    await using peer = await Peer.start();
    const media = await peer.connect();
    await media.close();
    expect(await media.closed).toBeUndefined();
    await vi.waitFor(() => expect(peer.closed?.code).toBe(1000));
  });

  it('comes when nothing answers a ping', async () => {
    await using peer = await Peer.start();
    const media = await peer.connect({ pingIntervalMs: 30 });
    wireOf(peer).pause();
    expect(await media.closed).toBeInstanceOf(AriConnectionError);
  });
});

describe('wrong calls', () => {
  it('are refused by name, and the connection goes on', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const wrong = media as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const calls: [Promise<unknown>, string][] = [
      [media.write('hello' as never), 'audio must be bytes, such as a Buffer, not "hello"'],
      [media.begin().write([1] as never), 'audio must be bytes, such as a Buffer, not a list'],
      [media.play('hello' as never), 'play: the source must be bytes, or an iterable or a stream of bytes'],
      [media.play(undefined as never), 'play: the source must be bytes'],
      [media.play(['hello'] as never), 'audio must be bytes'],
      [media.play(Buffer.alloc(2), { volume: 3 } as never), "play: option 'volume' does not exist; allowed are signal"],
      [media.setDirection('up' as never), "option 'direction' must be both or in or out"],
    ];
    for (const [call, message] of calls) {
      await expect(call).rejects.toThrow(message);
      await expect(call).rejects.toBeInstanceOf(AriValidationError);
    }
    expect(() => wrong['on']?.('MEDIA_XON')).toThrow('on MEDIA_XON: listener must be a function, not undefined');
    expect(() => wrong['on']?.('MEDIA_XON', () => undefined, { once: true })).toThrow("option 'once' does not exist");
    expect(peer.texts).toEqual([]);
    const samples = Int16Array.of(1, 2, 3);
    expect(await media.write(samples as never)).toBe(true);
  });
});

describe('listening', () => {
  it('ends with the subscription, its signal, or off()', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const heard: string[] = [];
    const controller = new AbortController();
    const listener = (): void => void heard.push('off');
    const subscription = media.on('MEDIA_XON', () => heard.push('closed'));
    media.on('MEDIA_XON', () => heard.push('aborted'), { signal: controller.signal });
    media.on('MEDIA_XON', listener);
    media.once('MEDIA_XON', () => heard.push('once'));
    media.on('MEDIA_XON', () => heard.push('stays'));
    peer.send({ event: 'MEDIA_XON' });
    await vi.waitFor(() => expect(heard).toEqual(['closed', 'aborted', 'off', 'once', 'stays']));
    subscription.close();
    controller.abort();
    media.off('MEDIA_XON', listener);
    peer.send({ event: 'MEDIA_XON' });
    await vi.waitFor(() => expect(heard.slice(5)).toEqual(['stays']));
    expect(subscription.closed).toBe(true);
    expect(() => media.on('MEDIA_START' as 'MEDIA_XON', listener)).toThrow("there is no 'MEDIA_START' to listen to");
  });

  it('that fails reaches listenerError, and stops nobody', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    const told = listen(media);
    media.on('MEDIA_XON', () => {
      throw new Error('thrown');
    });
    media.on('MEDIA_XON', () => Promise.reject(new Error('rejected')));
    peer.send({ event: 'MEDIA_XON' });
    peer.send({ event: 'DTMF_END', digit: '1' });
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(told).toContainEqual({ type: 'MEDIA_XON', error: new Error('thrown') });
    expect(told).toContainEqual({ type: 'MEDIA_XON', error: new Error('rejected') });
  });
});

/** The connection below the peer's socket. */
function wireOf(peer: Peer) {
  return (peer.socket as unknown as { _socket: import('node:net').Socket })._socket;
}

/** Somebody who accepts a WebSocket and says nothing. */
class SilentPeer implements AsyncDisposable {
  readonly listening: Promise<void>;
  #peer: Peer | undefined;

  constructor() {
    this.listening = Peer.start(null).then((peer) => {
      this.#peer = peer;
    });
  }

  get url(): string {
    return this.#peer?.url ?? '';
  }

  get open(): number {
    return this.#peer === undefined || this.#peer.closed ? 0 : 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#peer?.[Symbol.asyncDispose]();
  }
}
