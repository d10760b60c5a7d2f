import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { basic, Bench, type WireApp, type WireEvent } from './support.js';

/** What a handshake ends with: the socket open, or the status it was refused with. */
async function handshake(bench: Bench, query: string, protocols: string[] = ['ari'], auth = bench.authorization) {
  const url = `${bench.asterisk.url.replace('http', 'ws')}/ari/events${query}`;
  const socket = new WebSocket(url, protocols, { headers: { Authorization: auth } });
  return new Promise<number>((resolve) => {
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => {});
  });
}

/** Sends a request over the event socket and waits for its answer. */
async function request(app: WireApp, message: Record<string, unknown>): Promise<WireEvent> {
  const id = String(app.events.length);
  app.send({ type: 'RESTRequest', request_id: id, transaction_id: 't', ...message });
  return app.waitFor('RESTResponse', (event) => event['request_id'] === id);
}

describe('the event socket', () => {
  it.each([
    ['?app=a', 101],
    ['?app=a,b&subscribeAll=true', 101],
    ['', 400],
    ['?app=', 400],
    [`?app=${'a'.repeat(73)}`, 101],
    [`?app=${'a'.repeat(74)}`, 500],
  ])('opens for /events%s with %i', async (query, status) => {
    await using bench = await Bench.start();
    expect(await handshake(bench, query)).toBe(status);
  });

  it('wants the protocol ari, or none', async () => {
    await using bench = await Bench.start();
    expect(await handshake(bench, '?app=a', [])).toBe(101);
    expect(await handshake(bench, '?app=a', ['other', 'ari'])).toBe(101);
    expect(await handshake(bench, '?app=a', ['other'])).toBe(400);
  });

  it('wants credentials, in the header or in the query', async () => {
    await using bench = await Bench.start();
    expect(await handshake(bench, '?app=a', ['ari'], basic('ari', 'wrong'))).toBe(401);
    expect(await handshake(bench, '?app=a&api_key=ari:ari-secret', ['ari'], '')).toBe(101);
  });

  it('tells an application that it is replaced, and leaves its socket open', async () => {
    await using bench = await Bench.start();
    const first = await bench.app('a,b');
    const second = await bench.app('a');
    await first.waitFor('ApplicationReplaced');
    expect(first.events[0]).toMatchObject({ application: 'a' });
    await bench.rest('POST', '/events/user/x?application=a');
    await bench.rest('POST', '/events/user/y?application=b');
    await second.waitFor('ChannelUserevent');
    await first.waitFor('ChannelUserevent');
    expect(first.events.at(-1)).toMatchObject({ eventname: 'y', application: 'b' });
    expect(second.types).toEqual(['ChannelUserevent']);
  });

  it('keeps an application that is subscribed to something single when its socket closes, and forgets others', async () => {
    await using bench = await Bench.start();
    const kept = await bench.app('kept');
    const others = await Promise.all([
      bench.app('none'),
      bench.app('kind'),
      bench.app('device'),
      bench.app('all', '&subscribeAll=true'),
    ]);
    await bench.rest('POST', '/bridges/b1');
    await bench.rest('POST', '/applications/kept/subscription?eventSource=bridge:b1');
    await bench.rest('POST', '/applications/kind/subscription?eventSource=bridge:');
    await bench.rest('POST', '/applications/device/subscription?eventSource=deviceState:Stasis:x');
    await bench.rest('POST', '/applications/all/subscription?eventSource=bridge:b1');
    await Promise.all([kept, ...others].map((app) => app.close()));
    const names = (await bench.rest('GET', '/applications')).body.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['kept']);
  });

  it('closes with 1009 upon a message that is too long', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const closed = once(app.socket, 'close');
    app.send('x'.repeat(65_528));
    expect((await closed)[0]).toBe(1009);
  });
});

describe('REST over the event socket', () => {
  it('answers a request with what HTTP would answer', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const answer = await request(app, { method: 'GET', uri: 'asterisk/ping?x=1' });
    expect(answer).toMatchObject({
      type: 'RESTResponse',
      application: 'a',
      transaction_id: 't',
      status_code: 200,
      reason_phrase: 'OK',
      uri: 'asterisk/ping',
      content_type: 'application/json',
      asterisk_id: expect.any(String),
      timestamp: expect.any(String),
    });
    expect(JSON.parse(answer['message_body'])).toMatchObject({ ping: 'pong' });
  });

  it('leaves content type and body out where there is none', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const answer = await request(app, { method: 'POST', uri: 'asterisk/variable?variable=A&value=1' });
    expect(answer).toMatchObject({ status_code: 204, reason_phrase: 'No Content' });
    expect(Object.keys(answer)).not.toContain('message_body');
    expect(Object.keys(answer)).not.toContain('content_type');
  });

  it.each([
    ['the query strings over the uri', { query_strings: [{ name: 'value', value: 'q' }] }, 'q'],
    ['the query strings undecoded', { query_strings: [{ name: 'value', value: 'a%20b' }] }, 'a%20b'],
    ['a form over both', { content_type: 'application/x-www-form-urlencoded', message_body: 'value=f' }, 'f'],
    ['a JSON body over all', { content_type: 'application/json', message_body: '{"value":"j"}' }, 'j'],
  ])('takes %s', async (_what, message, value) => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await request(app, { method: 'POST', uri: 'asterisk/variable?variable=A&value=u', ...message });
    expect((await bench.rest('GET', '/asterisk/variable?variable=A')).body).toEqual({ value });
  });

  it.each([
    [{ type: '' }, "No 'type' property."],
    [{ type: 'Other' }, 'Unknown request type.'],
    [{ uri: '' }, "Empty or missing 'uri' property."],
    [{ method: 'get' }, "Unknown or missing 'method' property."],
    [{ query_strings: [{ name: 'a' }] }, "Unable to parse 'query_strings' array."],
    [{ message_body: '{}' }, "No 'content_type' for 'message_body'."],
    [{ message_body: '{}', content_type: 'application/json; charset=utf-8' }, 'Unknown content type.'],
    [{ message_body: '{', content_type: 'application/json' }, "Unable to parse 'message_body' as 'application/json'."],
    [{ method: 'GET', uri: 'events?app=a' }, "Can't upgrade to websocket from a websocket"],
  ])('refuses %j', async (message, problem) => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const answer = await request(app, { method: 'GET', uri: 'asterisk/ping', ...message });
    expect([answer['status_code'], JSON.parse(answer['message_body'])]).toEqual([400, { message: problem }]);
  });

  it('says of what is no JSON that it cannot be parsed', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    app.send('{');
    expect(await app.waitFor('RESTResponse')).toMatchObject({
      status_code: 400,
      reason_phrase: 'Failed to parse request message JSON',
      request_id: '',
    });
  });

  it('does not hand out files', async () => {
    await using bench = await Bench.start({ recordings: { r: Buffer.alloc(44) } });
    const app = await bench.app('a');
    expect(await request(app, { method: 'GET', uri: 'recordings/stored/r/file' })).toMatchObject({
      status_code: 406,
      reason_phrase: 'Not Acceptable.  Use HTTP GET',
    });
  });

  it('loses answers that the filter of the first application holds back', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.rest('PUT', '/applications/a/eventFilter', { allowed: [{ type: 'StasisStart' }] });
    app.send({ type: 'RESTRequest', request_id: 'lost', method: 'GET', uri: 'asterisk/ping' });
    await expect.poll(() => bench.asterisk.journal.requestsTo({ path: '/asterisk/ping' }).length).toBe(1);
    await bench.rest('PUT', '/applications/a/eventFilter', {});
    await request(app, { method: 'GET', uri: 'asterisk/ping' });
    expect(app.events.map((event) => event['request_id'])).not.toContain('lost');
  });

  it('lets a command that has to wait hold up those behind it', async () => {
    await using bench = await Bench.start({ autoAdvance: false });
    const app = await bench.app('a');
    await bench.inStasis(app, 'a', 'c');
    await request(app, { method: 'POST', uri: 'channels/c/play?media=sound:tt-monkeys' });
    app.send({
      type: 'RESTRequest',
      request_id: 'slow',
      method: 'POST',
      uri: 'channels/c/variable?variable=A&value=1',
    });
    app.send({ type: 'RESTRequest', request_id: 'behind', method: 'GET', uri: 'asterisk/ping' });
    await expect.poll(() => bench.asterisk.journal.requestsTo({ path: '/channels/c/variable' }).length).toBe(1);
    expect((await bench.rest('GET', '/asterisk/ping')).status).toBe(200);
    expect(app.events.map((event) => event['request_id'])).not.toContain('behind');
    bench.asterisk.advance(17_000);
    await app.waitFor('RESTResponse', (event) => event['request_id'] === 'behind');
    const answered = app.events.map((event) => event['request_id']).filter(Boolean);
    expect(answered.slice(-2)).toEqual(['slow', 'behind']);
  });

  it('is not there in releases that have not got it', async () => {
    await using bench = await Bench.start({ version: '16.30.1' });
    const app = await bench.app('a');
    app.send({ type: 'RESTRequest', request_id: 'x', method: 'GET', uri: 'asterisk/ping' });
    await bench.rest('POST', '/events/user/later?application=a');
    await app.waitFor('ChannelUserevent');
    expect(app.types).toEqual(['ChannelUserevent']);
    expect(bench.asterisk.journal.requestsTo({ path: '/asterisk/ping' })).toEqual([]);
  });
});
