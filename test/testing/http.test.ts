import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { TestAsteriskOptions } from '../../src/testing/index.js';
import { basic, Bench } from './support.js';

/** What a server says to bytes, until it is quiet or hangs up. */
async function say(bench: Bench, text: string): Promise<{ answer: string; open: boolean }> {
  const url = new URL(bench.asterisk.url);
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  const closed = once(socket, 'close').then(() => true);
  socket.write(text.replaceAll('\n', '\r\n'));
  const open = !(await Promise.race([closed, whole(() => answer)]));
  socket.destroy();
  return { answer: answer.replaceAll('\r\n', '\n'), open };
}

/** Resolves to `false` when a whole answer has come. */
async function whole(answer: () => string): Promise<boolean> {
  for (;;) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const [head = '', body] = answer().split('\r\n\r\n');
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    if (body !== undefined && length !== undefined && body.length >= Number(length)) {
      // What closes a connection does so within the same turn or two.
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      return false;
    }
  }
}

const auth = `Host: x\nAuthorization: ${basic('ari', 'ari-secret')}\n`;

async function ask(head: string, body = '', options?: TestAsteriskOptions): Promise<{ answer: string; open: boolean }> {
  await using bench = await Bench.start(options);
  return await say(bench, `${head}\n\n${body}`);
}

describe('the HTTP server', () => {
  it('answers as Asterisk does, header by header', async () => {
    const { answer, open } = await ask(`GET /ari/asterisk/ping HTTP/1.1\n${auth.trim()}`);
    const [head = '', body = ''] = answer.split('\n\n');
    expect(head.replace(/Date: .*/, 'Date: …')).toBe(
      [
        'HTTP/1.1 200 OK',
        'Server: Asterisk/22.10.1',
        'Date: …',
        'Cache-Control: no-cache, no-store',
        'Content-type: application/json',
        `Content-Length: ${body.length}`,
      ].join('\n'),
    );
    expect(open).toBe(true);
  });

  it.each([
    ['nobody', 'Host: x'],
    ['a wrong password', `Host: x\nAuthorization: ${basic('ari', 'wrong')}`],
    ['an unknown user', `Host: x\nAuthorization: ${basic('toString', 'x')}`],
    [
      'a scheme that Asterisk does not spell so',
      `Host: x\nAuthorization: ${basic('ari', 'ari-secret').replace('Basic', 'basic')}`,
    ],
    ['two blanks after the scheme', `Host: x\nAuthorization: ${basic('ari', 'ari-secret').replace(' ', '  ')}`],
  ])('refuses %s with 401', async (_who, headers) => {
    const { answer, open } = await ask(`GET /ari/asterisk/ping HTTP/1.1\n${headers}`);
    expect(answer).toContain('HTTP/1.1 401 Unauthorized');
    expect(answer).toContain('WWW-Authenticate: Basic realm="Asterisk REST Interface"');
    expect(answer).toContain('{"message":"Authentication required"}');
    expect(open).toBe(true);
  });

  it.each([
    ['the query', '/ari/asterisk/ping?api_key=ari:ari-secret', ''],
    [
      'the query beside a header of another kind',
      '/ari/asterisk/ping?api_key=ari:ari-secret',
      'Authorization: Bearer x',
    ],
    ['the query, a colon in the password', '/ari/asterisk/ping?api_key=other:a:b', ''],
  ])('takes credentials from %s', async (_where, url, header) => {
    const users = { ari: { password: 'ari-secret' }, other: { password: 'a:b' } };
    const { answer } = await ask(`GET ${url} HTTP/1.1\nHost: x${header && `\n${header}`}`, '', { users });
    expect(answer).toContain('HTTP/1.1 200 OK');
  });

  it('lets a reader read, and no more', async () => {
    await using bench = await Bench.start();
    const headers = { Authorization: basic('reader', 'reader-secret') };
    expect((await bench.rest('GET', '/channels', undefined, headers)).status).toBe(200);
    expect(await bench.rest('POST', '/channels', undefined, headers)).toMatchObject({
      status: 403,
      body: { message: 'Write access denied' },
    });
  });

  it('says 503 until it has booted', async () => {
    await using bench = await Bench.start({ booted: false });
    expect(await bench.rest('GET', '/channels')).toMatchObject({
      status: 503,
      body: { message: 'Asterisk not booted' },
    });
    bench.asterisk.setBooted(true);
    expect((await bench.rest('GET', '/channels')).status).toBe(200);
  });

  it.each([
    ['GET /ari/nosuch', 404, { message: 'Resource not found' }],
    ['GET /ari/channels/', 404, { message: 'ARI URLs do not end with a slash. Try /ari/channels' }],
    ['GET /ari/channels//variable', 200, []],
    ['POST /ari/channels//answer', 400, { message: 'Endpoint must be specified' }],
    ['DELETE /ari/bridges//x', 405, { message: 'Invalid method' }],
    ['GET /ari', 405, { message: 'Invalid method' }],
    ['GET /ari/', 405, { message: 'Invalid method' }],
    ['PATCH /ari/asterisk/ping', 405, { message: 'Invalid method' }],
    ['POST /ari/api-docs/channels.json', 405, { message: 'Unsupported method' }],
    ['GET /ari/api-docs/nosuch.json', 404, { message: 'Resource not found' }],
    ['GET /ari/channels/create/variable?variable=x', 404, { message: 'Resource not found' }],
  ])('routes %s as Asterisk does', async (line, status, body) => {
    const { answer } = await ask(`${line} HTTP/1.1\nContent-Length: 0\n${auth.trim()}`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.split('\n\n')[1] ?? '')).toEqual(body);
  });

  it('says which methods are allowed', async () => {
    await using bench = await Bench.start();
    expect((await bench.rest('DELETE', '/asterisk/ping')).headers.get('allow')).toBe('OPTIONS,GET');
    const options = await bench.rest('OPTIONS', '/channels/x');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'OPTIONS,GET,POST,DELETE']);
  });

  it.each([
    ['a path outside ARI', 'GET /x', 404, 'The requested URL was not found on this server.', true],
    ['events without an upgrade', 'GET /ari/events?app=x', 426, '', true],
    ['a request line that is too long', `GET /ari/${'a'.repeat(4200)}`, 400, 'Request line too long', false],
  ])('answers %s with a page', async (_what, line, status, text, open) => {
    const got = await ask(`${line} HTTP/1.1\n${auth.trim()}`);
    expect(got.answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(got.answer).toContain('Content-type: text/html');
    expect(got.answer).toContain(`<p>${text}</p>`);
    expect(got.open).toBe(open);
  });

  it.each([
    ['a header that is too long', `X-Long: ${'a'.repeat(4200)}`, '400 Bad Request', 'Header line too long'],
    [
      'too many headers',
      Array.from({ length: 101 }, (_, at) => `X-${at}: 1`).join('\n'),
      '413 Request Entity Too Large',
      'Too many headers',
    ],
    ['a coding it does not know', 'Transfer-Encoding: gzip', '501 Unimplemented', 'Unsupported Transfer-Encoding.'],
  ])('refuses %s and hangs up', async (_what, header, status, text) => {
    const { answer, open } = await ask(`POST /ari/channels HTTP/1.1\n${header}\n${auth.trim()}`);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toContain(text);
    expect(open).toBe(false);
  });

  it('refuses a body that is too long and hangs up', async () => {
    await using bench = await Bench.start();
    const length = 'Content-Type: application/json\nContent-Length: 40961';
    const { answer, open } = await say(bench, `POST /ari/channels HTTP/1.1\n${length}\n${auth}\n${' '.repeat(40_961)}`);
    expect(answer).toContain('HTTP/1.1 413 Request Entity Too Large');
    expect(answer).toContain('{"message":"Request body too large"}');
    expect(open).toBe(false);
  });

  it.each([
    ['application/json', '{x}', 'Error parsing request body'],
    ['application/json', '"x"', 'Error parsing request body'],
    ['application/json; charset=utf-8', '{"endpoint":"Local"}', 'Invalid endpoint specified'],
    ['application/json', '[]', 'Endpoint must be specified'],
    ['text/plain', '{"endpoint":"Local"}', 'Endpoint must be specified'],
    ['application/x-www-form-urlencoded', 'endpoint=Local', 'Invalid endpoint specified'],
  ])('reads a body of %s: %s', async (type, body, message) => {
    await using bench = await Bench.start();
    const answer = await bench.rest('POST', '/channels', body, { 'Content-Type': type });
    expect(answer).toMatchObject({ status: 400, body: { message } });
  });

  it('serves its API documents under the address that was asked', async () => {
    await using bench = await Bench.start({ prefix: 'pbx' });
    expect(bench.asterisk.url).toMatch(/\/pbx$/);
    const listing = await bench.rest('GET', '/api-docs/resources.json');
    expect(listing.body.basePath).toBe(`${bench.asterisk.url}/ari`);
    expect(listing.body.apis).toHaveLength(11);
    const channels = await bench.rest('GET', '/api-docs/channels.json');
    expect(channels.body.resourcePath).toBe('/api-docs/channels.{format}');
  });

  it('hangs up on a connection that is idle, without a word', async () => {
    const { answer, open } = await (async () => {
      await using bench = await Bench.start({ keepAliveMs: 30 });
      const url = new URL(bench.asterisk.url);
      const socket = connect(Number(url.port), url.hostname);
      let text = '';
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.write(`GET /ari/asterisk/ping HTTP/1.1\r\n${auth.replaceAll('\n', '\r\n')}\r\n`);
      await once(socket, 'close');
      return { answer: text, open: false };
    })();
    expect(answer).toContain('200 OK');
    expect(answer).not.toContain('Connection: close');
    expect(open).toBe(false);
  });

  it('takes no more connections than its limit', async () => {
    await using bench = await Bench.start({ sessionLimit: 1 });
    await using held = { [Symbol.asyncDispose]: async () => first.close() };
    const first = await bench.app('one');
    await expect(bench.rest('GET', '/asterisk/ping')).rejects.toThrow('fetch failed');
    expect(held).toBeDefined();
  });

  it('runs beside others of its kind', async () => {
    await using one = await Bench.start();
    await using other = await Bench.start();
    await one.rest('POST', '/asterisk/variable?variable=A&value=1');
    expect((await one.rest('GET', '/asterisk/variable?variable=A')).body).toEqual({ value: '1' });
    expect((await other.rest('GET', '/asterisk/variable?variable=A')).body).toEqual({ value: '' });
  });
});
