import { once } from 'node:events';
import { connect, createServer, Socket, type AddressInfo } from 'node:net';
import { AriConnectionError, AriValidationError } from 'asterisk-ari';
import { startAudioSocketServer, type AudioSocketServer, type Media } from 'asterisk-ari/media';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { encodeFrame, FrameReader } from '../../src/media/audiosocket/frames.js';
import { AudioSocketLink } from '../../src/media/audiosocket/link.js';
import type { MediaSink } from '../../src/media/session/link.js';
import { Deferred } from '../../src/support/deferred.js';

const nothing = (): void => undefined;
const sink: MediaSink = { receive: nothing, event: nothing, unknown: nothing, malformed: nothing, ended: nothing };

const uuid = '8588081a-7ec6-4a03-a2fb-607226669d36';

/** As Asterisk 22.10.1 sends it first. */
const hello = Buffer.from('0100108588081a7ec64a03a2fb607226669d36', 'hex');

/** 20 ms of silence, as captured: kind 0x10 for 8 kHz, 0x12 for 16 kHz. */
const frame8k = Buffer.concat([Buffer.from('100140', 'hex'), Buffer.alloc(320)]);
const frame16k = Buffer.concat([Buffer.from('120280', 'hex'), Buffer.alloc(640)]);

/** Asterisk at the other end of a connection. */
class Dialler implements AsyncDisposable {
  readonly socket: Socket;
  received = Buffer.alloc(0);
  ended = false;

  constructor(server: AudioSocketServer) {
    this.socket = connect(server.port, '127.0.0.1');
    this.socket.on('data', (bytes) => (this.received = Buffer.concat([this.received, bytes])));
    this.socket.on('end', () => (this.ended = true));
    this.socket.on('error', () => undefined);
  }

  static async open(server: AudioSocketServer): Promise<{ dialler: Dialler; media: Media }> {
    const arrived = new Promise<Media>((resolve) => server.on('media', resolve));
    const dialler = new Dialler(server);
    dialler.socket.write(hello);
    return { dialler, media: await arrived };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    if (!this.socket.closed) {
      await once(this.socket, 'close');
    }
  }
}

describe('the frames of AudioSocket', () => {
  it.each([
    ['a key', 0x03, '31', '03000131'],
    ['the end', 0x00, '', '000000'],
    ['a UUID', 0x01, uuid.replaceAll('-', ''), hello.toString('hex')],
  ])('are written as Asterisk does: %s', (_, kind, payload, wire) => {
    expect(encodeFrame(kind, Buffer.from(payload, 'hex')).toString('hex')).toBe(wire);
  });

  it('are read as they were written, however the connection has cut them', () => {
    const frame = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 40 })), (frames, sizes) => {
        const wire = Buffer.concat(frames.map(([kind, payload]) => encodeFrame(kind, payload)));
        const read: [number, Buffer][] = [];
        const reader = new FrameReader((kind, payload) => read.push([kind, Buffer.from(payload)]));
        let at = 0;
        for (const size of sizes) {
          reader.push(wire.subarray(at, at + size));
          at += size;
        }
        reader.push(wire.subarray(at));
        expect(read).toEqual(frames.map(([kind, payload]) => [kind, Buffer.from(payload)]));
      }),
    );
  });

  it('may be anything: nothing is thrown', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (pieces) => {
        const reader = new FrameReader(() => undefined);
        for (const piece of pieces) {
          reader.push(Buffer.from(piece));
        }
      }),
    );
  });
});

describe('a server for AudioSocket', () => {
  it('hands over a connection once it has said whose it is', async () => {
    await using server = await startAudioSocketServer();
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    expect(media.info).toMatchObject({
      channelId: uuid,
      connectionId: uuid,
      format: 'slin',
      frameBytes: 320,
      frameMs: 20,
    });
    expect(server.connections).toBe(1);
    expect(server.address).toBe(`127.0.0.1:${server.port}`);
  });

  it('gives and takes audio, keys and errors', async () => {
    await using server = await startAudioSocketServer({ format: 'slin16' });
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    const told: unknown[] = [];
    for (const type of ['DTMF_END', 'ERROR', 'malformed', 'unknown'] as const) {
      media.on(type, (event) => told.push(event));
    }
    dialler.socket.write(Buffer.from('03000131ff00010103000233330a000101', 'hex'));
    dialler.socket.write(Buffer.concat([frame8k, frame16k]));
    const { value } = await media[Symbol.asyncIterator]().next();
    expect(value).toEqual(Buffer.alloc(640));
    expect(told).toEqual([
      { event: 'DTMF_END', digit: '1' },
      { event: 'ERROR', error_text: 'AudioSocket error 01' },
      { text: '3333', reason: 'a key is one byte' },
      { event: '0x0a', payload: '01' },
      { text: expect.any(String), reason: 'the audio is slin, another format than the channel was made for' },
    ]);
    expect(await media.play(Buffer.alloc(1_000, 7))).toEqual({ outcome: 'played', playedMs: 31.25 });
    const [first, second] = [Buffer.alloc(640, 7), Buffer.concat([Buffer.alloc(360, 7), Buffer.alloc(280)])];
    expect(dialler.received).toEqual(Buffer.concat([encodeFrame(0x12, first), encodeFrame(0x12, second)]));
  });

  it('says what AudioSocket has not', async () => {
    await using server = await startAudioSocketServer();
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    await expect(media.status()).rejects.toThrow('AudioSocket has no GET_STATUS');
    await expect(media.setDirection('in')).rejects.toThrow('AudioSocket has no SET_MEDIA_DIRECTION');
    await expect(media.answer()).rejects.toThrow('AudioSocket has no ANSWER');
    await expect(startAudioSocketServer({ format: 'ulaw' })).rejects.toThrow("'format' must be one of slin, slin12");
  });

  it('pauses, flushes and marks by itself', async () => {
    await using server = await startAudioSocketServer();
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    media.pause();
    void media.write(Buffer.alloc(32_000));
    const mark = media.mark();
    media.flush();
    media.continue();
    expect(await mark).toBe('flushed');
    expect(await media.drained()).toBe('played');
    expect(dialler.received).toHaveLength(0);
  });

  it('ends as either side ends', async () => {
    await using server = await startAudioSocketServer();
    const first = await Dialler.open(server);
    await first.media.close();
    await vi.waitFor(() => expect(first.dialler.ended).toBe(true));
    expect(first.dialler.received.toString('hex')).toBe('000000');
    expect(await first.media.closed).toBeUndefined();

    const second = await Dialler.open(server);
    second.dialler.socket.write(Buffer.from('000000', 'hex'));
    expect(await second.media.closed).toBeUndefined();

    const third = await Dialler.open(server);
    third.dialler.socket.end();
    expect(await third.media.closed).toBeUndefined();

    const fourth = await Dialler.open(server);
    const hangup = fourth.media.hangup();
    await vi.waitFor(() => expect(fourth.dialler.received.toString('hex')).toBe('000000'));
    fourth.dialler.socket.destroy();
    await hangup;

    const fifth = await Dialler.open(server);
    fifth.dialler.socket.resetAndDestroy();
    expect(await fifth.media.closed).toBeInstanceOf(AriConnectionError);
    expect(server.connections).toBe(0);
  });

  it('counts what comes by its bytes, bounded by any number at all, and holds nothing else', async () => {
    await using server = await startAudioSocketServer({ maxReceiveMs: Number.MAX_SAFE_INTEGER });
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    dialler.socket.write(
      Buffer.concat([encodeFrame(0x10, Buffer.alloc(960)), encodeFrame(0x0a, Buffer.alloc(60_000))]),
    );
    const { value } = await media[Symbol.asyncIterator]().next();
    expect([value?.length, media.receivedMs]).toEqual([960, 60]);
    expect(value?.buffer.byteLength).toBeLessThan(60_000);
  });

  it('is logged once a second at most, whatever comes', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: write, info: write, warn: write, error: write };
    await using server = await startAudioSocketServer({ logger });
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    const [wrong, error] = [frame16k, encodeFrame(0xff, Buffer.alloc(10_000))];
    const send = async (...frames: Buffer[]): Promise<void> => {
      let heard = 0;
      using _subscription = media.on('DTMF_END', () => (heard += 1));
      dialler.socket.write(Buffer.concat([...frames, encodeFrame(0x03, Buffer.from('1'))]));
      await vi.waitFor(() => expect(heard).toBe(1));
    };
    await send(...Array.from({ length: 100 }, () => wrong), ...Array.from({ length: 10 }, () => error));
    vi.advanceTimersByTime(1_000);
    await send(wrong, error);
    vi.useRealTimers();
    const ignored = `media of ${uuid}: a message was ignored: the audio is slin16, another format than the channel was made for`;
    const said = `media of ${uuid}: Asterisk says: AudioSocket error ${'00'.repeat(500)}`;
    expect(lines).toEqual([
      ignored,
      said,
      `${ignored} (and 99 more since the last one)`,
      `${said} (and 9 more since the last one)`,
    ]);
  });

  it('ends with the first hangup, and hears nothing after it, however often it is said', async () => {
    await using server = await startAudioSocketServer();
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    const ends = vi.spyOn(Socket.prototype, 'end');
    dialler.socket.write(Buffer.concat([Buffer.alloc(3 * 1_000), frame8k]));
    expect(await media.closed).toBeUndefined();
    const { contexts } = ends.mock;
    ends.mockRestore();
    // One at each end of the connection.
    expect(contexts).toHaveLength(new Set(contexts).size);
    expect(media.receivedMs).toBe(0);
  });

  it.each([
    ['audio first', frame8k, 'it did not begin with a UUID'],
    ['a UUID that is too short', Buffer.from('0100021234', 'hex'), 'it did not begin with a UUID'],
    ['HTTP', Buffer.from(`GET / HTTP/1.1\r\n${'x'.repeat(20_000)}`), 'it did not begin with a UUID'],
    ['nothing', Buffer.alloc(0), 'no UUID came within 100 ms'],
  ])('closes a connection that begins with %s, and tells', async (_, bytes, reason) => {
    await using server = await startAudioSocketServer({ timeoutMs: 100 });
    const told: { reason: string }[] = [];
    server.on('malformed', (message) => told.push(message));
    await using dialler = new Dialler(server);
    dialler.socket.write(bytes);
    await once(dialler.socket, 'close');
    await vi.waitFor(() => expect(told).toEqual([expect.objectContaining({ reason })]));
  });

  it.each<[object, string]>([
    [{ port: -1 }, "option 'port' must be a whole number, at least 0"],
    [{ host: 5 }, "option 'host' must be a string that is not empty, not 5"],
    [{ format: 'ulaw' }, "option 'format' must be one of slin, "],
    [{ path: '/' }, "startAudioSocketServer: option 'path' does not exist; allowed are maxAheadMs, "],
  ])('refuses %o', async (options, message) => {
    const failure = startAudioSocketServer(options);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(AriValidationError);
  });

  it('cuts who goes on talking after the end', async () => {
    await using server = await startAudioSocketServer();
    const arrived = new Promise<Media>((resolve) => server.on('media', resolve));
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined);
    socket.resume().write(hello);
    const media = await arrived;
    const talking = setInterval(() => socket.write(frame8k), 100);
    await media.close();
    await vi.waitFor(() => expect(socket.closed || socket.destroyed || socket.errored !== null).toBe(true), 3_000);
    clearInterval(talking);
  });

  it('asks TCP whether anybody is there, as often as it is told, and not at all if it is told so', async () => {
    const asked = vi.spyOn(Socket.prototype, 'setKeepAlive');
    for (const [pingIntervalMs, calls] of [
      [undefined, [[true, 15_000]]],
      [20, [[true, 1_000]]],
      [0, []],
    ] as const) {
      asked.mockClear();
      await using server = await startAudioSocketServer({ pingIntervalMs });
      const { dialler } = await Dialler.open(server);
      await using _ = dialler;
      expect(asked.mock.calls).toEqual(calls);
    }
    asked.mockRestore();
  });

  it('stays with who is silent', async () => {
    await using server = await startAudioSocketServer({ pingIntervalMs: 20 });
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    await media.write(Buffer.alloc(320));
    await vi.waitFor(() => expect(dialler.received).toHaveLength(323));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.connections).toBe(1);
    dialler.socket.write(frame8k);
    await vi.waitFor(() => expect(media.receivedMs).toBe(20));
  });

  it('cuts a connection at whose other end nothing is taken any more', async () => {
    const arrived = new Promise<Socket>((resolve) => {
      const listener = createServer({ pauseOnConnect: true }, (socket) => {
        listener.close();
        resolve(socket);
      }).listen(0, '127.0.0.1', () => {
        const ours = connect((listener.address() as AddressInfo).port, '127.0.0.1');
        new AudioSocketLink(ours, 'slin', 50).start({ ...sink, ended: (error) => ended.resolve(error) });
        // More than the two systems hold between themselves.
        ours.write(Buffer.alloc(2 ** 26));
      });
    });
    const ended = new Deferred<Error | undefined>();
    const reader = await arrived;
    expect((await ended.promise)?.message).toBe(
      'the AudioSocket connection broke: nothing was taken and nothing came for 50 ms',
    );
    reader.destroy();
  });

  it('tells Asterisk its address, whatever family that is of', async () => {
    await using server = await startAudioSocketServer({ host: '::1' });
    expect(server.address).toBe(`[::1]:${server.port}`);
  });

  it('closes what nobody takes', async () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    await using server = await startAudioSocketServer({
      logger: { debug: write, info: write, warn: write, error: write },
    });
    await using dialler = new Dialler(server);
    dialler.socket.write(hello);
    await vi.waitFor(() => expect(dialler.ended).toBe(true));
    expect(lines).toEqual([`nobody waits for the media of channel ${uuid}`]);
  });

  it('takes so many at a time, and no more', async () => {
    await using server = await startAudioSocketServer({ maxConnections: 1 });
    const { dialler } = await Dialler.open(server);
    await using _ = dialler;
    await using late = new Dialler(server);
    await once(late.socket, 'close');
    expect(server.connections).toBe(1);
  });

  it('closes with all that is connected, said whose it is or not', async () => {
    const server = await startAudioSocketServer();
    const { dialler, media } = await Dialler.open(server);
    await using _ = dialler;
    await using unnamed = new Dialler(server);
    await once(unnamed.socket, 'connect');
    await server.close();
    expect(await media.closed).toBeUndefined();
    await vi.waitFor(() => expect(unnamed.socket.closed).toBe(true));
  });
});
