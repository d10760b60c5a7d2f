/**
 * The double as the other end of media sockets, a process of its own: each is a channel in a bridge with a telephone,
 * which speaks, and hears what is sent back. `/bench/open` makes so many and tells their ids, `/bench/play` has all
 * telephones speak for a while, and tells how many frames they said and did not hear.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startAsterisk } from '../double.js';
import { connect } from '../sdk.js';
import { frameBytes, frameMs } from './media-line.js';

/** How long the last frames may be on their way, in milliseconds. */
const patienceMs = 1_000;

const app = 'bench';
const asterisk = await startAsterisk({ clock: 'real', sessionLimit: 10_000, journalLimit: 0 });
const client = await connect(asterisk.url, asterisk.username, asterisk.password);
await client.start(app);

type Phone = ReturnType<typeof asterisk.call>;
const phones: Phone[] = [];
const joined: Promise<unknown>[] = [];

/** A call, and a channel whose media wait for a socket; the two hear each other. */
async function open(index: number): Promise<string> {
  const entered = client.channels.waitFor('StasisStart', { where: ({ channel }) => channel.name.startsWith('PJSIP/') });
  phones.push(asterisk.call({ to: `stasis-${app}`, from: String(1_000 + index) }));
  const { channel: caller } = await entered;
  await caller.answer();
  const media = await client.channels.externalMedia({
    app,
    format: 'slin16',
    transport: 'websocket',
    encapsulation: 'none',
    connection_type: 'server',
    transport_data: 'f(json)',
  } as never);
  const bridge = await client.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel: caller.id });
  // It enters the application when somebody connects.
  joined.push(media.waitFor('StasisStart').then(() => bridge.addChannel({ channel: media.id })));
  return String(media.channelvars?.['MEDIA_WEBSOCKET_CONNECTION_ID']);
}

/** Its number stands in the first bytes of each frame. */
function speech(frames: number): Buffer {
  const audio = Buffer.alloc(frames * frameBytes, 1);
  for (let index = 0; index < frames; index += 1) audio.writeUInt32LE(index + 1, index * frameBytes);
  return audio;
}

async function play(ms: number): Promise<{ frames: number; lost: number }> {
  await Promise.all(joined);
  const count = Math.floor(ms / frameMs);
  const audio = speech(count);
  const before = phones.map((phone) => phone.audio('slin16').length);
  await Promise.all(phones.map((phone) => phone.speak(audio, 'slin16')));
  await new Promise((resolve) => setTimeout(resolve, patienceMs));
  const heard = phones.map((phone, index) => phone.audio('slin16').length - (before[index] ?? 0));
  const frames = heard.reduce((sum, bytes) => sum + Math.floor(bytes / frameBytes), 0);
  return { frames, lost: count * phones.length - frames };
}

async function respond(url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/bench/open') {
    const ids: string[] = [];
    for (let index = 0; index < Number(url.searchParams.get('sockets')); index += 1) ids.push(await open(index));
    response.end(JSON.stringify({ url: `${asterisk.url}/`, ids }));
  } else {
    response.end(JSON.stringify(await play(Number(url.searchParams.get('ms')))));
  }
}

const server = createServer((request, response) => {
  respond(new URL(request.url ?? '', 'http://bench'), response).catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
