import type { Socket } from 'node:net';
import { AriClient, AriTimeoutError, ServerError, UnauthorizedError } from 'asterisk-ari';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RawAsterisk, refuseWith } from './support/raw-asterisk.js';

const timeoutMs = 1_000;

let raw: RawAsterisk;
let client: AriClient;
let trickles: NodeJS.Timeout[];

beforeEach(async () => {
  trickles = [];
  raw = await RawAsterisk.start();
  client = new AriClient({ url: raw.url, username: 'ari', password: 'secret', timeoutMs });
});

afterEach(async () => {
  trickles.forEach((timer) => clearInterval(timer));
  await client.close();
  await raw[Symbol.asyncDispose]();
});

/** Writes the same again and again, and never comes to an end. */
function trickle(socket: Socket, text: string): void {
  trickles.push(setInterval(() => socket.write(text), 20));
}

async function startFails(): Promise<{ error: unknown; ms: number }> {
  const begun = performance.now();
  const error = await client.start('hello').catch((reason: unknown) => reason);
  return { error, ms: performance.now() - begun };
}

it('an upgrade that is refused with words that trickle fails with the status, in time', async () => {
  raw.refusal = (_, socket) => {
    socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\n\r\nwho are ');
    trickle(socket, 'you, ');
  };
  const { error, ms } = await startFails();
  expect(error).toBeInstanceOf(UnauthorizedError);
  expect(error).toMatchObject({ serverMessage: expect.stringMatching(/^who are you, you/) as string });
  expect(ms).toBeLessThan(timeoutMs + 500);
});

it.each([
  ['headers', 'HTTP/1.1 401 Unauthorized\r\n', 'X-More: x\r\n'],
  ['words of a proxy that it is coming', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('an upgrade that is answered with %s without end fails in time', async (_name, head, more) => {
  raw.refusal = (_, socket) => {
    socket.write(head);
    trickle(socket, more);
  };
  const { error, ms } = await startFails();
  expect(error).toBeInstanceOf(AriTimeoutError);
  expect(error).toMatchObject({ timeoutMs, delivery: 'outcomeUnknown' });
  expect((error as Error).message).toMatch(/opening the event connection to .* got no answer within 1000 ms/);
  expect(ms).toBeLessThan(timeoutMs + 500);
});

it('a refusal of a million words is read as far as it may be, and takes no time', async () => {
  const before = process.cpuUsage();
  raw.refusal = refuseWith(403, '<'.repeat(5_000_000), 'text/html');
  const { error } = await startFails();
  expect(error).toMatchObject({ status: 403 });
  expect((error as Error).message.length).toBeLessThan(1_200);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2_000);
});

it('a refusal that is cut off in its words is one all the same', async () => {
  raw.refusal = (_, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\nwho are');
  expect((await startFails()).error).toMatchObject({ status: 401, serverMessage: 'who are' });
});

it('an Asterisk that is still starting is waited for until the time is over, and the error says what it said', async () => {
  raw.refusal = refuseWith(503);
  const { error, ms } = await startFails();
  expect(error).toBeInstanceOf(ServerError);
  expect(ms).toBeGreaterThan(timeoutMs * 0.9);
  expect(ms).toBeLessThan(timeoutMs + 500);
});

it('an error answer of 200,000 signs takes no time either', async () => {
  const before = process.cpuUsage();
  raw.answer = (_, response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<'.repeat(200_000));
  const error = await client.asterisk.ping().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ServerError);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2_000);
});
