import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AriTimeoutError, AriValidationError } from 'asterisk-ari';
import { connectMedia } from 'asterisk-ari/media';
import { describe, expect, it, vi } from 'vitest';
import { Peer, start } from './support/peer.js';

/** So long an Asterisk may take here. */
const answerTimeoutMs = 150;

const speech = (bytes: number): Buffer => Buffer.alloc(bytes, 7);

describe('an Asterisk that is there and answers nothing', () => {
  it('has a question for its status fail, and takes the next answer for the next question', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs });
    const error = await media.status().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AriTimeoutError);
    expect((error as Error).message).toBe('Asterisk did not answer GET_STATUS within 150 ms');
    const status = media.status();
    await vi.waitFor(() => expect(peer.texts).toHaveLength(2));
    const levels = { queue_length: 3, xon_level: 8, xoff_level: 9 };
    peer.send({ event: 'STATUS', ...levels, queue_full: false, bulk_media: false, media_paused: false });
    expect((await status).queue_length).toBe(3);
  });

  it.each(['mark', 'drained'] as const)('has %s() fail, and goes on with what is written then', async (wait) => {
    await using peer = await Peer.start();
    const lines: string[] = [];
    const nothing = (): void => undefined;
    const logger = { debug: nothing, info: nothing, warn: (line: string) => lines.push(line), error: nothing };
    await using media = await peer.connect({ answerTimeoutMs, logger });
    await media.write(speech(6_400));
    await expect(media[wait]()).rejects.toThrow(AriTimeoutError);
    expect(lines).toEqual([
      'media of WebSocket/INCOMING/0x1: Asterisk has taken no audio and confirmed none for 150 ms; what waited was discarded',
    ]);
    expect(media.generation).toBe(1);
    await vi.waitFor(() => expect(peer.texts.at(-1)).toBe('{"command":"FLUSH_MEDIA"}'));
    const again = media[wait]();
    await vi.waitFor(() => expect(peer.texts.at(-1)).toMatch(/MARK_MEDIA|REPORT_QUEUE_DRAINED/));
    const { correlation_id } = JSON.parse(peer.texts.at(-1) ?? '') as { correlation_id?: string };
    peer.send(wait === 'mark' ? { event: 'MEDIA_MARK_PROCESSED', correlation_id } : { event: 'QUEUE_DRAINED' });
    expect(await again).toBe('played');
  });

  it.each([
    ['a buffer', (bytes: number) => speech(bytes)],
    ['a stream that goes on for ever', () => Readable.from(forever())],
  ])('has play() of %s fail', async (_what, source) => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs, maxAheadMs: 100 });
    await expect(media.play(source(200_000))).rejects.toThrow(AriTimeoutError);
    expect(media.queuedMs).toBe(0);
  });

  it('has play() fail whose source has nothing to give at that time', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs });
    const source = async function* (): AsyncGenerator<Buffer> {
      yield speech(6_400);
      await new Promise(() => undefined);
    };
    const play = media.play(source());
    void media.mark();
    await expect(play).rejects.toThrow(AriTimeoutError);
  });

  it('has a stream fail that it does not let go on', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs });
    peer.send({ event: 'MEDIA_XOFF' });
    await vi.waitFor(() => expect(media.heldBack).toBe(true));
    await expect(pipeline(forever, media.writable())).rejects.toThrow(AriTimeoutError);
  });

  it('may take its time while it is paused', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs: 60 });
    media.pause();
    let outcome: unknown;
    const mark = media.mark().then(
      (value) => (outcome = value),
      (error: unknown) => (outcome = error),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(outcome).toBeUndefined();
    media.continue();
    await mark;
    expect(outcome).toBeInstanceOf(AriTimeoutError);
  });

  it('is waited for as long as one likes', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs: 0 });
    const waits = [media.mark(), media.play(speech(640)).then(({ outcome }) => outcome)];
    const status = media.status();
    await peer.hears('MARK_MEDIA","correlation_id":"2');
    peer.socket.close(1000);
    expect(await Promise.all(waits)).toEqual(['closed', 'closed']);
    await expect(status).rejects.toThrow('the media connection is over');
  });

  it('tells of no end where it passes frames on, which it says late: then the clock does', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect();
    await media.write(speech(640));
    const drained = media.drained();
    await peer.hears('REPORT_QUEUE_DRAINED');
    peer.send({ event: 'ERROR', error_text: 'REPORT_QUEUE_DRAINED not supported in passthrough mode' });
    expect(await drained).toBe('played');
  });

  it('fails in its time, however often it says what nobody has asked for', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ answerTimeoutMs });
    const talking = setInterval(() => {
      peer.send({ event: 'MEDIA_XOFF' });
      peer.send({ event: 'MEDIA_MARK_PROCESSED', correlation_id: 'x' });
      peer.send({ event: 'QUEUE_DRAINED' });
    }, 20);
    await expect(media.mark()).rejects.toThrow(AriTimeoutError);
    clearInterval(talking);
  });

  it('is one that has ended: what is played then has no effect, even if its source gives nothing', async () => {
    await using peer = await Peer.start();
    const media = await peer.connect();
    await media.close();
    media.pause();
    media.continue();
    media.flush();
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
    expect(await media.play(silent)).toEqual({ outcome: 'closed', playedMs: 0 });
  });
});

describe('more than there is room for', () => {
  const bounds = { maxQueuedBytes: 2_000, maxAheadMs: 60_000 };

  it('flows through, of a buffer, of a list, and of a stream, in the order of the calls', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect(bounds);
    const [a, b, c] = [Buffer.alloc(64_000, 1), Buffer.alloc(6_400, 2), Buffer.alloc(64_000, 3)];
    void media.play(a).catch(() => undefined);
    void media.play([b]).catch(() => undefined);
    void pipeline(Readable.from([c]), media.writable()).catch(() => undefined);
    await vi.waitFor(() => expect(peer.audio.reduce((sum, { length }) => sum + length, 0)).toBe(134_400));
    expect(Buffer.concat(peer.audio).equals(Buffer.concat([a, b, c]))).toBe(true);
  });

  it('is refused to who does not wait', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect(bounds);
    await expect(media.write(speech(2_001))).rejects.toThrow("more than 'maxQueuedBytes' (2000) would wait");
  });
});

describe('messages of at most 8 KiB', () => {
  it.each([
    ['where Asterisk does not tell the size of a frame', { optimal_frame_size: 0 }],
    ['where a frame has more', { format: 'slin192', optimal_frame_size: 60_000, ptime: 156 }],
    ['where frames are passed on that have more', { optimal_frame_size: 20_000, passthrough: true }],
  ])('are sent %s', async (_what, about) => {
    await using peer = await Peer.start(JSON.stringify({ ...start, ...about }));
    await using media = await peer.connect();
    const audio = Buffer.from(Array.from({ length: 60_000 }, (_, index) => index % 251));
    void media.play(audio).catch(() => undefined);
    await vi.waitFor(() => expect(Buffer.concat(peer.audio).subarray(0, 60_000).equals(audio)).toBe(true), 5_000);
    expect(Math.max(...peer.audio.map(({ length }) => length))).toBeLessThanOrEqual(8_192);
  });

  it('are all that a format takes whose frames may have any size', async () => {
    await using peer = await Peer.start(JSON.stringify({ ...start, format: 'opus', optimal_frame_size: 0 }));
    await using media = await peer.connect();
    expect(media.info.frameBytes).toBe(0);
    await expect(media.write(speech(8_193))).rejects.toThrow('a chunk is a frame here, and has at most 8192 bytes');
    expect(await media.write(speech(8_192))).toBe(true);
  });
});

it.each([
  ['answerTimeoutMs', -1, 'must be a whole number, at least 0'],
  ['maxReceiveBytes', 100, 'must be a whole number, at least 131072'],
])('refuses %s: %s', async (option, value, why) => {
  const attempt = connectMedia({ url: 'http://127.0.0.1:1/', connectionId: 'c', [option]: value });
  await expect(attempt).rejects.toThrow(AriValidationError);
  await expect(attempt).rejects.toThrow(`option '${option}' ${why}`);
});

async function* forever(): AsyncGenerator<Buffer> {
  for (;;) yield speech(640);
}
