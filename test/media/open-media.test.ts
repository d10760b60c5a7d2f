import { connect, type AriClient } from 'asterisk-ari';
import * as v20 from 'asterisk-ari/v20';
import * as v23 from 'asterisk-ari/v23';
import {
  AriAbortError,
  AriConnectionError,
  AriTimeoutError,
  AriValidationError,
  ForbiddenError,
  ObjectGoneError,
  ServerError,
} from 'asterisk-ari';
import { openMedia, startAudioSocketServer, startMediaServer, type OpenMediaOptions } from 'asterisk-ari/media';
import { startAsterisk, type TestAsterisk, type TestAsteriskOptions } from 'asterisk-ari/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeAuthority } from '../faults/support/certificates.js';
import { TlsFront } from '../faults/support/tls-front.js';
import { Gateway } from './support/gateway.js';

let asterisk: TestAsterisk;
let client: AriClient;

async function begin(options?: TestAsteriskOptions): Promise<void> {
  asterisk = await startAsterisk(options);
  client = await connect(asterisk.url, asterisk.username, asterisk.password);
  await client.start('bot');
}

beforeEach(() => begin());
afterEach(async () => {
  await client.close();
  await asterisk.close();
});

const slin16 = { app: 'bot', format: 'slin16' } as const;

/** Writes a section of websocket_client.conf. */
async function writeClient(id: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await client.asterisk.updateObject({
    configClass: 'res_websocket_client',
    objectType: 'websocket_client',
    id,
    fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
  });
}

describe('openMedia', () => {
  it('gives media and their channel, which are both up', async () => {
    const media = await openMedia(client, { ...slin16, data: 'a,b', variables: { LANG: 'de' } });
    expect(media.info).toMatchObject({ channelId: media.channel.id, format: 'slin16', frameBytes: 640 });
    expect(media.info.variables).toMatchObject({ LANG: 'de' });
    expect(media.channel.state).toBe('Up');
    const [request] = asterisk.journal.requestsTo({ path: '/channels/externalMedia' });
    expect(request?.body).toMatchObject({ transport_data: 'f(json)', connection_type: 'server', data: 'a,b' });
    await media.close();
    await vi.waitFor(() => expect(asterisk.channelIds).toEqual([]));
  });

  it.each([
    ['json', 'f(json)'],
    ['plain-text', undefined],
  ] as const)('speaks %s', async (controlFormat, transport_data) => {
    const media = await openMedia(client, { ...slin16, controlFormat });
    const [request] = asterisk.journal.requestsTo({ path: '/channels/externalMedia' });
    expect((request?.body as Record<string, unknown> | undefined)?.['transport_data']).toBe(transport_data);
    expect(await media.play(Buffer.alloc(6_400))).toEqual({ outcome: 'played', playedMs: 200 });
    await media.hangup();
  });

  it('ends with its channel, and its channel with it', async () => {
    const media = await openMedia(client, { ...slin16, channelId: 'chosen' });
    expect(media.channel.id).toBe('chosen');
    const gone = client.waitFor('ChannelDestroyed');
    await media.channel.hangup();
    expect(await media.closed).toBeUndefined();
    expect((await gone).channel.id).toBe('chosen');
  });

  it('works with the bindings of every release', async () => {
    await using asterisk20 = await startAsterisk({ version: '20' });
    await using client20 = await v20.connect(asterisk20.url, asterisk20.username, asterisk20.password);
    await client20.start('bot');
    const media20 = await openMedia(client20, slin16);
    await using asterisk23 = await startAsterisk({ version: '23' });
    await using client23 = await v23.connect(asterisk23.url, asterisk23.username, asterisk23.password);
    await client23.start('bot');
    const media23 = await openMedia(client23, slin16);
    const channels: [v20.Channel, v23.Channel] = [media20.channel, media23.channel];
    expect(channels.map(({ state }) => state)).toEqual(['Up', 'Up']);
    await Promise.all([media20.close(), media23.close()]);
  });

  it('finds Asterisk behind a prefix, and where it is told to', async () => {
    await using other = await startAsterisk({ prefix: 'pbx' });
    await using client = await connect(other.url, other.username, other.password);
    await client.start('bot');
    await (await openMedia(client, slin16)).close();
    // A client of somebody else's making tells nothing of where Asterisk is.
    const foreign = { channels: client.channels };
    await expect(openMedia(foreign, slin16)).rejects.toThrow("option 'url' must be given");
    await (await openMedia(foreign, { ...slin16, url: `${other.url}/` })).close();
  });

  it('shows a gateway what its client shows it, made anew, and tells nobody', async () => {
    await using gateway = await Gateway.start(asterisk.url);
    let count = 0;
    const headers = () => ({ 'X-Token': `token-number-${(count += 1)}` });
    await using client = await connect(gateway.url, asterisk.username, asterisk.password, { headers });
    await client.start('bot');
    await (await openMedia(client, slin16)).close();
    const [first = '', ...others] = gateway.heads.filter((head) => head.startsWith('GET /media/'));
    expect(others).toEqual([]);
    const token = /^x-token: (token-number-\d+)\r$/im.exec(first)?.[1] ?? '';
    expect(gateway.heads.filter((head) => head.includes(`${token}\r`))).toEqual([first]);
    gateway.refuses = true;
    const failure: unknown = await openMedia(client, slin16).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ForbiddenError);
    // Of what the gateway says, and it says what it was shown, nothing of that is left.
    expect(String((failure as Error).stack) + JSON.stringify(failure)).not.toMatch(
      /token-number|[\da-f]{8}-[\da-f]{4}-/,
    );
  });

  it('shows another server only what that one is to see', async () => {
    await using gateway = await Gateway.start(asterisk.url);
    const headers = { 'X-Token': 'for-the-client-alone' };
    await using client = await connect(asterisk.url, asterisk.username, asterisk.password, { headers });
    await client.start('bot');
    await (await openMedia(client, { ...slin16, url: gateway.url })).close();
    await (await openMedia(client, { ...slin16, url: gateway.url, headers: { 'X-Token': 'for-the-gateway' } })).close();
    expect(gateway.heads.map((head) => /^x-token: (.*)\r$/im.exec(head)?.[1])).toEqual([undefined, 'for-the-gateway']);
  });

  it('trusts whom its client trusts', async () => {
    const { ca, server } = makeAuthority();
    await using front = await TlsFront.start(asterisk.url, server);
    await using client = await connect(front.url, asterisk.username, asterisk.password, { tls: { ca } });
    await client.start('bot');
    await (await openMedia(client, slin16)).close();
    await expect(openMedia(client, { ...slin16, tls: {} })).rejects.toBeInstanceOf(AriConnectionError);
    await vi.waitFor(() => expect(asterisk.channelIds).toEqual([]));
  });

  it('through a server of ours, over a WebSocket', async () => {
    await using server = await startMediaServer({ username: 'media', password: 'secret' });
    const fields = {
      uri: `ws://127.0.0.1:${server.port}/media`,
      protocols: 'media',
      username: 'media',
      password: 'secret',
    };
    await writeClient('voice', fields);
    await expect(openMedia(client, { ...slin16, through: server })).rejects.toThrow("option 'external_host' must name");
    const [one, two] = await Promise.all([
      openMedia(client, { ...slin16, through: server, external_host: 'voice' }),
      openMedia(client, { ...slin16, through: server, external_host: 'voice', direction: 'in' }),
    ]);
    expect([one.info.channelId, two.info.channelId]).toEqual([one.channel.id, two.channel.id]);
    expect([one.direction, two.direction]).toEqual(['both', 'in']);
    expect(server.connections).toBe(2);
    await Promise.all([one.close(), two.channel.hangup(), two.closed]);
  });

  it('through a server of ours, by AudioSocket', async () => {
    await using server = await startAudioSocketServer();
    const media = await openMedia(client, { ...slin16, through: server });
    expect(media.info).toMatchObject({ channelId: media.channel.id, format: 'slin16', frameBytes: 640 });
    expect(await media.play(Buffer.alloc(1_280))).toEqual({ outcome: 'played', playedMs: 40 });
    await media.close();
    await vi.waitFor(() => expect(asterisk.channelIds).toEqual([]));
  });

  it('gives a channel to the first of two who open it at the same time', async () => {
    await using server = await startMediaServer({ username: 'u', password: 'p' });
    await writeClient('us', { uri: `ws://127.0.0.1:${server.port}/media`, username: 'u', password: 'p' });
    const options = { ...slin16, channelId: 'one', through: server, external_host: 'us' };
    const first = openMedia(client, options);
    await expect(openMedia(client, options)).rejects.toThrow();
    const media = await first;
    expect(media.channel.id).toBe('one');
    await media.close();
  });

  it.each<[string, Partial<OpenMediaOptions>, string]>([
    ['a direction', { direction: 'in' }, "option 'direction' does not exist with AudioSocket"],
    ['an id that is no UUID', { channelId: 'x' }, "option 'channelId' must be a UUID in lower case"],
    ['a format that is not linear', { format: 'ulaw' }, "option 'format' must be one of slin"],
  ])('refuses %s with AudioSocket, before anything is made', async (_, options, message) => {
    await using server = await startAudioSocketServer();
    await expect(openMedia(client, { ...slin16, through: server, ...options })).rejects.toThrow(message);
    await expect(openMedia(client, { ...slin16, through: server, ...options })).rejects.toBeInstanceOf(
      AriValidationError,
    );
    expect(asterisk.journal.requestsTo({ path: '/channels/externalMedia' })).toEqual([]);
  });
});

describe('openMedia that fails', () => {
  it('does nothing to the channel of somebody else under the same id', async () => {
    const media = await openMedia(client, { ...slin16, channelId: 'taken' });
    await expect(openMedia(client, { ...slin16, channelId: 'taken' })).rejects.toThrow(
      /of a channel that this client has made/,
    );
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password);
    await expect(openMedia(other, { ...slin16, channelId: 'taken' })).rejects.toThrow(ServerError);
    expect(asterisk.channelIds).toEqual(['taken']);
    await media.close();
  });

  it('leaves no channel behind whenever it is given up', async () => {
    for (let afterMs = 0; afterMs < 30; afterMs += 1) {
      const given = new AbortController();
      setTimeout(() => given.abort(), afterMs / 5);
      const opening = openMedia(client, { ...slin16, signal: given.signal });
      await opening.then((media) => media.close()).catch(() => undefined);
    }
    await vi.waitFor(() => expect(asterisk.channelIds).toEqual([]), 2_000);
  });

  it('leaves no channel behind if the application is not run', async () => {
    const failure = openMedia(client, { ...slin16, app: 'elsewhere' });
    await expect(failure).rejects.toThrow(
      'the channel for media ended before its StasisStart: does this client run the application elsewhere?',
    );
    await expect(failure).rejects.toBeInstanceOf(ObjectGoneError);
    expect(asterisk.channelIds).toEqual([]);
  });

  it('leaves no channel behind if it takes too long', async () => {
    await using other = await connect(asterisk.url, asterisk.username, asterisk.password);
    await other.start('elsewhere');
    const failure = openMedia(client, { ...slin16, app: 'elsewhere', timeoutMs: 200 });
    await expect(failure).rejects.toThrow('StasisStart was awaited: does this client run the application elsewhere?');
    await expect(failure).rejects.toBeInstanceOf(AriTimeoutError);
    expect(asterisk.channelIds).toEqual([]);
  });

  it('refuses options that there are not', async () => {
    const wrong = (options: object) => openMedia(client, { ...slin16, ...options });
    await expect(wrong({ codec: 'ulaw' })).rejects.toThrow("openMedia: option 'codec' does not exist; allowed are");
    await expect(wrong({ app: '' })).rejects.toThrow("option 'app' must be a string that is not empty");
    await expect(wrong({ format: 16 })).rejects.toThrow("option 'format' must be a string that is not empty, not 16");
    await expect(wrong({ through: {} })).rejects.toThrow(
      "option 'through' must be a MediaServer or an AudioSocketServer",
    );
    await expect(wrong({ url: 'ws://pbx' })).rejects.toThrow("option 'url' must begin with http: or https:");
    await expect(wrong({ direction: 'up' })).rejects.toThrow("option 'direction' must be both or in or out");
    await expect(wrong({ controlFormat: 'xml' })).rejects.toThrow("option 'controlFormat' must be json or plain-text");
    expect(asterisk.journal.requestsTo({ path: '/channels/externalMedia' })).toEqual([]);
  });

  it.each([undefined, null, {}, { channels: {} }])('refuses the client %o', async (wrong) => {
    const failure = openMedia(wrong as never, slin16);
    await expect(failure).rejects.toThrow('openMedia: client must be a client of bindings with channels.externalMedia');
    await expect(failure).rejects.toBeInstanceOf(AriValidationError);
  });

  it('says what Asterisk says', async () => {
    asterisk.faults.next({ path: '/channels/externalMedia' }).fail(500);
    await expect(openMedia(client, slin16)).rejects.toBeInstanceOf(ServerError);
    expect(asterisk.channelIds).toEqual([]);
  });

  it('is over at once if the channel ends before: nobody connects', async () => {
    await using server = await startMediaServer({ username: 'media', password: 'secret' });
    const fields = { uri: `ws://127.0.0.1:${server.port}/media`, username: 'media', password: 'wrong' };
    await writeClient('voice', fields);
    const failure = openMedia(client, { ...slin16, through: server, external_host: 'voice' });
    await expect(failure).rejects.toBeInstanceOf(ObjectGoneError);
    expect(asterisk.channelIds).toEqual([]);
  });

  it('can be given up', async () => {
    const controller = new AbortController();
    asterisk.faults.next({ path: '/channels/externalMedia' }).delay(300);
    const failure = openMedia(client, { ...slin16, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(failure).rejects.toBeInstanceOf(AriAbortError);
    await expect(failure).rejects.toMatchObject({ cause: new Error('enough') });
  });

  it('asks Asterisk for nothing if it was given up before', async () => {
    const before = asterisk.journal.requests.length;
    const failure = openMedia(client, { ...slin16, signal: AbortSignal.abort(new Error('enough')) });
    await expect(failure).rejects.toBeInstanceOf(AriAbortError);
    await expect(failure).rejects.toMatchObject({ cause: new Error('enough'), delivery: 'notSent' });
    expect(asterisk.journal.requests).toHaveLength(before);
  });

  it('has nothing to clean up of what was not sent', async () => {
    const { url, username, password } = asterisk;
    await using other = await connect(url, username, password, { maxSockets: 1 });
    await other.start('other');
    asterisk.faults.next({ path: '/channels' }).delay(300);
    const inTheWay = other.channels.list();
    const failure = openMedia(other, { ...slin16, app: 'other', timeoutMs: 50 });
    await expect(failure).rejects.toBeInstanceOf(AriTimeoutError);
    await inTheWay;
    expect(asterisk.journal.requestsTo({ path: '/channels/externalMedia' })).toEqual([]);
    expect(asterisk.journal.requestsTo({ method: 'DELETE' })).toEqual([]);
  });

  it('keeps the id of the connection to itself', async () => {
    asterisk.faults.next({ path: '/channels/externalMedia' }).dropAnswer();
    const failure: unknown = await openMedia(client, { ...slin16, timeoutMs: 500 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    await vi.waitFor(() => expect(asterisk.channelIds).toEqual([]));
  });
});
