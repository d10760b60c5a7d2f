import { once } from 'node:events';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Peer } from './support/peer.js';

const words = ['MEDIA_START', 'MEDIA_XOFF', 'MEDIA_XON', 'STATUS', 'DTMF_END digit:', 'MEDIA_MARK_PROCESSED', 'ERROR'];
const commands = ['MARK_MEDIA', 'FLUSH_MEDIA', 'PAUSE_MEDIA', 'STOP_MEDIA_BUFFERING', 'SET_MEDIA_DIRECTION', 'ANSWER'];

/** What is nearly a message, or nothing of the kind, or audio of whatever length. */
function message(names: readonly string[]): fc.Arbitrary<string | Buffer> {
  const name = fc.constantFrom(...names);
  const key = fc.constantFrom('event', 'command', 'correlation_id', 'direction', 'queue_length', '__proto__');
  return fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.tuple(name, fc.string({ maxLength: 60 })).map((parts) => parts.join(' ')),
    fc.dictionary(key, fc.oneof(name, fc.jsonValue()), { maxKeys: 4 }).map((fields) => JSON.stringify(fields)),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  );
}

describe('whatever the other end of a media socket sends', () => {
  it('a program goes on: what makes no sense is told, and nothing is thrown', async () => {
    await using peer = await Peer.start();
    await using media = await peer.connect({ maxReceiveMs: 100 });
    let keys = 0;
    media.on('DTMF_END', ({ digit }) => (keys += digit === 'the last one' ? 1 : 0));
    media.on('malformed', ({ text, reason }) => expect([text.length <= 1_000, reason !== '']).toEqual([true, true]));
    media.on('ERROR', () => undefined);
    media.on('listenerError', ({ error }) => {
      throw error;
    });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message(words), { maxLength: 20 }), async (messages) => {
        for (const each of messages) {
          peer.send(each);
        }
        peer.send({ event: 'DTMF_END', digit: 'the last one' });
        runs += 1;
        await vi.waitFor(() => expect(keys).toBe(runs), { interval: 1 });
      }),
      { numRuns: 100 },
    );
    expect(media.receivedMs - media.droppedMs).toBeLessThanOrEqual(100);
  });

  it.each(['f(json)', 'f(plain-text)'])('the double goes on, with %s', async (transport_data) => {
    await using asterisk = await startAsterisk();
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
    await client.start('bot');
    const media = { app: 'bot', format: 'slin16', transport: 'websocket', encapsulation: 'none' } as const;
    const made = await client.channels.externalMedia({ ...media, connection_type: 'server', transport_data });
    const id = made.channelvars?.['MEDIA_WEBSOCKET_CONNECTION_ID'];
    const socket = new WebSocket(`${asterisk.url.replace('http', 'ws')}/media/${id}`, 'media');
    await once(socket, 'open');
    let answers = 0;
    socket.on('message', (text, isBinary) => {
      answers += !isBinary && (text as Buffer).toString().includes('STATUS') ? 1 : 0;
    });
    const ask = transport_data === 'f(json)' ? '{"command":"GET_STATUS"}' : 'GET_STATUS';
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message(commands), { maxLength: 20 }), async (messages) => {
        for (const each of messages) {
          socket.send(each);
        }
        socket.send(ask);
        runs += 1;
        await vi.waitFor(() => expect(answers).toBe(runs), { interval: 1 });
      }),
      { numRuns: 100 },
    );
    socket.close();
    await once(socket, 'close');
  });
});
