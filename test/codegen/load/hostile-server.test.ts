import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CodegenError } from '../../../codegen/errors.js';
import { limits } from '../../../codegen/limits.js';
import { loadServer } from '../../../codegen/load/server.js';
import { sources, tinyDocuments } from '../support/documents.js';
import { fakeServer, PASSWORD, reply, USERNAME, type Answer, type FakeServer } from '../support/fake-server.js';

const INDEX = 'api-docs/resources.json';

function load({ url }: FakeServer, timeoutMs = 5000) {
  return loadServer({ kind: 'server', url, username: USERNAME, password: PASSWORD, timeoutMs });
}

/** What is said of a server with one odd answer, which must be one line of ours. */
async function faultOf(server: FakeServer, timeoutMs?: number): Promise<string> {
  const error: unknown = await load(server, timeoutMs).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CodegenError);
  const { message } = error as CodegenError;
  expect(message).not.toMatch(/\n/);
  expect(message).not.toContain(PASSWORD);
  return message;
}

/** Answers without an end, as fast as they are taken, and tells when nobody takes them any more. */
function endless(chunk: Buffer, headers: Record<string, string> = {}): { answer: Answer; gaveUp: Promise<number> } {
  let sent = 0;
  let gaveUp!: (bytes: number) => void;
  const over = new Promise<number>((resolve) => (gaveUp = resolve));
  const answer = (response: ServerResponse): void => {
    response.writeHead(200, headers);
    const send = (): void => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
    };
    response.on('drain', send).on('close', () => gaveUp(sent));
    send();
  };
  return { answer, gaveUp: over };
}

describe('an answer that is too long is not read to its end', () => {
  test('if it never ends', async () => {
    const { answer, gaveUp } = endless(Buffer.alloc(65_536, ' '));
    const server = await fakeServer({ answers: { [INDEX]: answer } });
    expect(await faultOf(server)).toBe(
      `${server.url}/ari/${INDEX} answered with more than 2 MiB: no document of Asterisk is as long`,
    );
    expect(await gaveUp).toBeLessThan(64 * limits.documentBytes);
  });

  test('if a little gzip is a lot of text', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, ' '), { level: 9 });
    const answer: Answer = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    const server = await fakeServer({ answers: { 'api-docs/channels.json': answer } });
    expect(await faultOf(server)).toContain('/ari/api-docs/channels.json answered with more than 2 MiB');
  });

  test('if it is a failure, which is not read at all', async () => {
    const answers: Answer = (response) => {
      response.writeHead(500);
      setInterval(() => response.write(' '), 10).unref();
    };
    const server = await fakeServer({ answers: { [INDEX]: answers } });
    expect(await faultOf(server)).toBe(`${server.url}/ari/${INDEX} answered with status 500`);
  });

  test('if only all of them together are', async () => {
    const documents = tinyDocuments();
    const names = Array.from({ length: 20 }, (_, index) => `a${index}`);
    documents['resources.json'].apis = names.map((name) => ({ path: `/api-docs/${name}.{format}` }));
    const answers: Record<string, Answer> = {
      [INDEX]: (response) => reply(response, 200, JSON.stringify(documents['resources.json'])),
    };
    for (const name of names) {
      answers[`api-docs/${name}.json`] = (response) => reply(response, 200, ' '.repeat(limits.documentBytes));
    }
    const server = await fakeServer({ answers });
    expect(await faultOf(server)).toBe(
      `${server.url}/ari/api-docs/a7.json: with it, the documents are longer than 16 MiB together`,
    );
  });

  test('a byte after the other has its time like any', async () => {
    const drip: Answer = (response) => {
      response.writeHead(200);
      setInterval(() => response.write(' '), 10).unref();
    };
    const server = await fakeServer({ answers: { [INDEX]: drip } });
    expect(await faultOf(server, 200)).toContain('did not answer within 0.2 s');
  });
});

test('100,000 documents are refused before one is asked for', async () => {
  const apis = Array.from({ length: 100_000 }, (_, index) => ({ path: `/api-docs/a${index}.{format}` }));
  const index = JSON.stringify({ apiVersion: '10.0.0', swaggerVersion: '1.1', apis }).slice(0, limits.documentBytes);
  const few = JSON.stringify({ apiVersion: '10.0.0', swaggerVersion: '1.1', apis: apis.slice(0, 40_000) });
  for (const [text, message] of [
    [few, 'resources.json: apis: more than 100'],
    [index, 'malformed JSON'],
  ] as const) {
    const server = await fakeServer({ answers: { [INDEX]: (response) => reply(response, 200, text) } });
    const began = performance.now();
    expect(await faultOf(server)).toContain(message);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(server.requests).toEqual([`/ari/${INDEX}`]);
  }
});

describe('redirections', () => {
  const to = (location: string): Answer => {
    return (response) => void response.writeHead(302, { location }).end('elsewhere');
  };

  test('within the server are followed', async () => {
    const server = await fakeServer({
      answers: { [INDEX]: to('/ari/other'), other: to('third'), third: (response) => reply(response, 200, index) },
    });
    const index = sources(tinyDocuments()).files.get('resources.json') ?? '';
    expect((await load(server)).files).toEqual(sources(tinyDocuments()).files);
  });

  test('to another server are told, and it hears nothing', async () => {
    const other = await fakeServer();
    const answers = { [INDEX]: to(`${other.url.replace('//', '//me:hidden@')}/ari/${INDEX}`) };
    const server = await fakeServer({ answers });
    const message = await faultOf(server);
    expect(message).toBe(
      `${server.url}/ari/${INDEX} is redirected to ${other.url}, another server, which was not asked: if it is the right ` +
        'one, give its URL',
    );
    expect(other.requests).toEqual([]);
  });

  test.each([
    ['https://127.0.0.1/ari/', 'is redirected to https://127.0.0.1, another server'],
    ['file:///etc/passwd', 'is redirected to a file: URL, another server'],
    ['http://[', 'is redirected to what is no URL'],
  ])('to %s are told', async (location, message) => {
    const server = await fakeServer({ answers: { [INDEX]: to(location) } });
    expect(await faultOf(server)).toContain(message);
  });

  test('in a circle come to an end', async () => {
    const server = await fakeServer({ answers: { [INDEX]: to(INDEX.slice('api-docs/'.length)) } });
    expect(await faultOf(server)).toContain('was redirected more than 5 times');
  });
});

test.each([
  [{ system: { version: '\u001b[31m'.repeat(5000) } }, undefined],
  [{ system: { version: '9'.repeat(500) } }, undefined],
  [{ system: { version: { a: '\u009b0m' } } }, undefined],
  [{ system: { version: 'certified/22.8-cert4\u001b[2J' } }, 'certified-22.8-cert4'],
  [null, undefined],
  [[], undefined],
])('a version of any kind is told on one line, or taken: %j', async (info, release) => {
  const answers: Record<string, Answer> = {
    'asterisk/info?only=system': (response) => reply(response, 200, JSON.stringify(info)),
  };
  const index = { ...tinyDocuments()['resources.json'], apiVersion: 'none' };
  answers[INDEX] = (response) => reply(response, 200, JSON.stringify(index));
  const server = await fakeServer({ answers });
  if (release !== undefined) {
    expect((await load(server)).release).toBe(release);
    return;
  }
  const message = await faultOf(server);
  expect(message).toMatch(/^the server's version, .*, names no release: say which it is \(--release\)$/);
  // oxlint-disable-next-line no-control-regex -- that there are none is the point
  expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(message.length).toBeLessThan(200);
});
