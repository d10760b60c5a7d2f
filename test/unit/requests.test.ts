import { AriClient, AriValidationError } from 'asterisk-ari';
import { Repository, type Operation } from 'asterisk-ari/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecordingServer } from '../support/recording-server.js';

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let client: AriClient;

beforeAll(async () => {
  server = await startRecordingServer();
  client = new AriClient({ url: server.url, username: 'hey', password: 'peek:a:boo' });
});

afterAll(async () => {
  await client.close();
  await server.close();
});

describe('where parameters go', () => {
  it('ids go into the path, everything else of a POST into a JSON body', async () => {
    await client.channels.redirect({ channelId: 'a/b c', endpoint: 'PJSIP/ann' });
    expect(server.last()).toMatchObject({
      method: 'POST',
      target: '/ari/channels/a%2Fb%20c/redirect',
      body: '{"endpoint":"PJSIP/ann"}',
    });
    expect(server.last().headers['content-type']).toBe('application/json');
  });

  it('parameters of DELETE go into the query, and without any there is no body', async () => {
    await client.channels.hangup({ channelId: 'x', reason: 'busy' });
    expect(server.last()).toMatchObject({ method: 'DELETE', target: '/ari/channels/x?reason=busy', body: '' });
    await client.channels.answer({ channelId: 'x' });
    expect(server.last()).toMatchObject({ target: '/ari/channels/x/answer', body: '' });
  });

  it('a list is an array in a body, one item too', async () => {
    await client.bridges.addChannel({ bridgeId: 'b', channel: 'one,two' });
    expect(server.last().body).toBe('{"channel":["one,two"]}');
  });

  it('a list is joined by commas in a query', async () => {
    await client.applications
      .unsubscribe({ applicationName: 'a', eventSource: ['channel:1', 'bridge:2'] })
      .catch(() => 0);
    expect(server.last().target).toBe('/ari/applications/a/subscription?eventSource=channel%3A1%2Cbridge%3A2');
  });

  it('containers keep their field, a filter is the whole body', async () => {
    await client.events.userEvent({ eventName: 'e', application: 'a', variables: { n: 1 } });
    expect(server.last().body).toBe('{"application":"a","variables":{"n":1}}');
    await client.applications.filter({ applicationName: 'a', filter: { allowed: [{ type: 'Dial' }] } }).catch(() => 0);
    expect(server.last().body).toBe('{"allowed":[{"type":"Dial"}]}');
  });

  it('beside a parameter that is the whole body, the others go into the query', async () => {
    const operation: Operation = {
      name: 'vendor.post',
      method: 'POST',
      path: '/vendor/{id}',
      params: {
        id: { in: 'path', type: 'string', required: true },
        mode: { in: 'query', type: 'string', list: true },
        body: { in: 'body', type: 'object', wholeBody: true },
      },
      returns: { kind: 'void' },
    };
    class Vendor extends Repository {
      post(params: object): Promise<void> {
        return this.invoke(operation, params, undefined);
      }
    }
    class VendorClient extends AriClient {
      readonly vendor = new Vendor(this.core);
    }
    const { vendor } = new VendorClient({ url: server.url, username: 'hey', password: 'peek:a:boo' });
    await vendor.post({ id: 'a/b', mode: ['x', 'y'], body: { mode: 'z', list: [1] } });
    expect(server.last()).toMatchObject({
      method: 'POST',
      target: '/ari/vendor/a%2Fb?mode=x%2Cy',
      body: '{"mode":"z","list":[1]}',
    });
    await vendor.post({ id: 'a', body: ['list'] });
    expect(server.last()).toMatchObject({ target: '/ari/vendor/a', body: '["list"]' });
    await vendor.post({ id: 'a', mode: 'x' });
    expect(server.last()).toMatchObject({ target: '/ari/vendor/a?mode=x', body: '' });
  });

  it('a domain object stands for its id, or for its event source', async () => {
    const channel = client.channels.handle('c1');
    const endpoint = client.endpoints.handle('PJSIP', 'ann');
    await client.bridges.addChannel({ bridgeId: client.bridges.handle('b1'), channel: [channel, 'c2'] });
    expect(server.last()).toMatchObject({ target: '/ari/bridges/b1/addChannel', body: '{"channel":["c1","c2"]}' });
    await client.events.userEvent({ eventName: 'e', application: 'a', source: [channel, endpoint] });
    expect(server.last().body).toBe('{"application":"a","source":["channel:c1","endpoint:PJSIP/ann"]}');
  });

  it('a bridge is created under an id of ours, since Asterisk takes the body of the other way for variables', async () => {
    await client.bridges.create({ type: 'mixing' }).catch(() => 0);
    expect(server.last().target).toMatch(/^\/ari\/bridges\/[0-9a-f-]{36}$/);
    expect(server.last().body).toBe('{"type":"mixing"}');
  });

  it('the credentials are in the header, whatever the password has in it', async () => {
    await client.channels.ring({ channelId: 'x' });
    const [scheme, pair = ''] = server.last().headers.authorization?.split(' ') ?? [];
    expect(scheme).toBe('Basic');
    expect(Buffer.from(pair, 'base64').toString()).toBe('hey:peek:a:boo');
  });

  it('any id but an empty one, dots and one with a NUL arrives as it is', async () => {
    const ids = fc
      .string({ minLength: 1, unit: 'binary' })
      .filter((id) => id !== '.' && id !== '..' && !id.includes('\0'));
    await fc.assert(
      fc.asyncProperty(ids, async (id) => {
        await client.channels.answer({ channelId: id });
        const [, , , segment = '', ...rest] = server.last().target.split('/');
        expect(decodeURIComponent(segment)).toBe(id);
        expect(rest).toEqual(['answer']);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is refused before anything is sent', () => {
  const webSocket = { encapsulation: 'none', transport: 'websocket', connection_type: 'server' } as const;
  const refusals: [string, () => Promise<unknown>, RegExp][] = [
    [
      'an empty id',
      () => client.channels.hangup({ channelId: '' }),
      /channels\.hangup: parameter 'channelId' must not be empty/,
    ],
    ['an id that URLs take away', () => client.channels.hangup({ channelId: '..' }), /'channelId' must not be '\.\.'/],
    ['half a character', () => client.channels.hangup({ channelId: '\ud800' }), /must be well-formed Unicode/],
    [
      'a missing parameter',
      () => client.channels.play({ channelId: 'x' } as never),
      /channels\.play: parameter 'media' is required/,
    ],
    [
      'an omission that would crash Asterisk',
      () => client.bridges.setBridgeVar({ bridgeId: 'b', value: 'v' } as never),
      /parameter 'variable' is required/,
    ],
    [
      'external media that would crash Asterisk',
      () => client.channels.externalMedia({ ...webSocket, app: 'a', format: 'H264' }),
      /channels\.externalMedia: parameter 'format' must be of audio for a WebSocket channel, not 'H264'/,
    ],
    [
      'a call that would crash Asterisk',
      () => client.channels.create({ app: 'a', endpoint: 'WebSocket/INCOMING', formats: 'ulaw,vp8' }),
      /channels\.create: parameter 'formats' must be of audio for a WebSocket channel, not 'vp8'/,
    ],
    [
      'external media with control messages that would crash Asterisk',
      () => client.channels.externalMedia({ ...webSocket, app: 'a', format: 'ulaw', transport_data: 'pf(xml)' }),
      /'transport_data' must have f\(json\) or f\(plain-text\) for a WebSocket channel, not f\(xml\)/,
    ],
    [
      'a call with control messages that would crash Asterisk',
      () => client.channels.create({ app: 'a', endpoint: 'WebSocket/INCOMING/v(f=a)f' }),
      /'endpoint' must have f\(json\) or f\(plain-text\) for a WebSocket channel, not f\(\)/,
    ],
    [
      'a parameter that does not exist',
      () => client.channels.hangup({ channelId: 'x', cause: 1 } as never),
      /parameter 'cause' does not exist; allowed are channelId, reason/,
    ],
    [
      'a value that is not allowed',
      () => client.channels.mute({ channelId: 'x', direction: 'up' as 'in' }),
      /'direction' must be one of both, in, out, not "up"/,
    ],
    [
      'a number where Asterisk wants text',
      () => client.channels.startMoh({ channelId: 'x', mohClass: 7 as never }),
      /'mohClass' must be a string, not 7/,
    ],
    [
      'text where Asterisk wants a number',
      () => client.channels.dial({ channelId: 'x', timeout: '5' as never }),
      /a whole number/,
    ],
    [
      'a number out of range',
      () => client.channels.dial({ channelId: 'x', timeout: -1 }),
      /must be from 0 to 2147483, not -1/,
    ],
    [
      'a list that would be split elsewhere',
      () => client.channels.getChannelVars({ channelId: 'x', variables: ['A,B'] }),
      /cannot be sent .*: "A,B"/,
    ],
  ];

  it.each(refusals)('%s', async (_, call, message) => {
    const before = server.requests.length;
    const error = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AriValidationError);
    expect((error as Error).message).toMatch(message);
    expect(server.requests.length).toBe(before);
  });

  it('other channels than WebSockets carry video', async () => {
    await client.channels.externalMedia({ app: 'a', external_host: 'h:1', format: 'h264' }).catch(() => 0);
    expect(server.last().body).toBe('{"app":"a","external_host":"h:1","format":"h264"}');
    await client.channels.create({ app: 'a', endpoint: 'PJSIP/ann', formats: 'ulaw,h264' }).catch(() => 0);
    expect(server.last().body).toContain('"formats":"ulaw,h264"');
  });

  it('commas inside parentheses are safe in a list', async () => {
    await client.channels.getChannelVars({ channelId: 'x', variables: ['CALLERID(name,x)', 'B'] }).catch(() => 0);
    expect(server.last().target).toContain('variables=CALLERID%28name%2Cx%29%2CB');
  });
});
