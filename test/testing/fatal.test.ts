import { AriValidationError, connect } from 'asterisk-ari';
import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

const media = 'channels/externalMedia?app=a&transport=websocket&encapsulation=none&connection_type=server';
const auth = 'asterisk/config/dynamic/res_pjsip/auth/x';

/** Each ends a real Asterisk 22.10.1. */
const fatal = [
  ['PUT', auth, { fields: [{ attribute: 'username' }] }],
  ['PUT', auth, { fields: [{ attribute: 'username', value: 5 }] }],
  ['PUT', auth, { fields: ['username'] }],
  ['POST', 'applications/a/subscription', { eventSource: ['channel:', null] }],
  ['POST', 'channels/c/move', {}],
  ['POST', 'channels/d/dial', {}],
  ['POST', 'bridges/b/record?name=r', undefined],
  ['POST', 'bridges/b/variable?value=1', undefined],
  ['POST', `${media}&format=ulaw&channelId=c`, undefined],
  ['PUT', 'endpoints/sendMessage?to=pjsip:bare&from=x', undefined],
  ['POST', `${media}&format=vp8`, undefined],
  ['POST', `${media}&format=ulaw,t140`, undefined],
  ['POST', `${media}&format=ulaw&transport_data=f(x)`, undefined],
  ['POST', `${media}&format=ulaw&transport_data=pf`, undefined],
  ['POST', 'channels?app=a&endpoint=WebSocket/INCOMING&formats=vp8', undefined],
  ['POST', 'channels/create?app=a&endpoint=WebSocket/INCOMING/nf(none)', undefined],
] as const;

describe('what ends the whole of Asterisk', () => {
  it.each(fatal)('is refused, and said to be that: %s %s %j', async (method, path, body) => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.inStasis(app, 'a', 'c');
    await bench.rest('POST', '/bridges/b');
    await bench.rest('PUT', '/asterisk/config/dynamic/res_pjsip/endpoint/bare', { fields: [] });
    await bench.rest('POST', '/channels/create?endpoint=Local/stasis-a@default&app=a&channelId=d');
    await app.waitFor('StasisStart', ({ channel }) => channel.id === 'd');
    await bench.rest('POST', '/channels/d/dial');
    const { status, body: said } = await bench.rest(method, `/${path}`, body);
    expect([status, said.message]).toEqual([500, expect.stringContaining('Asterisk would end at this request: ')]);
  });

  it('is not even sent by the client', async () => {
    await using bench = await Bench.start();
    const { url, username, password } = bench.asterisk;
    await using client = await connect(url, username, password);
    await client.start('a');
    const undialled = await client.channels.create({ endpoint: 'Local/stasis-a@default', app: 'a' });
    await undialled.dial();
    const before = bench.asterisk.journal.requests.length;
    const object = { configClass: 'res_pjsip', objectType: 'auth', id: 'x' } as const;
    const incoming = { app: 'a', transport: 'websocket', encapsulation: 'none', connection_type: 'server' } as const;
    const nothing = undefined as never;
    const attempts = [
      client.asterisk.updateObject({ ...object, fields: [{ attribute: 'username', value: nothing }] }),
      client.asterisk.updateObject({ ...object, fields: ['username' as never] }),
      client.applications.subscribe({ applicationName: 'a', eventSource: ['channel:', null as never] }),
      undialled.move({ app: nothing }),
      undialled.dial(),
      client.bridges.record({ bridgeId: 'b', name: 'r', format: nothing }),
      client.bridges.setBridgeVar({ bridgeId: 'b', variable: nothing, value: '1' }),
      client.channels.externalMedia({ ...incoming, format: 'vp8' }),
      client.channels.externalMedia({ ...incoming, format: 'ulaw,t140' }),
      client.channels.externalMedia({ ...incoming, format: 'ulaw', transport_data: 'f(x)' }),
      client.channels.externalMedia({ ...incoming, format: 'ulaw', transport_data: 'pf' }),
      client.channels.originate({ app: 'a', endpoint: 'WebSocket/INCOMING', formats: 'vp8' }),
      client.channels.create({ app: 'a', endpoint: 'WebSocket/INCOMING/nf(none)' }),
    ];
    const outcomes = await Promise.allSettled(attempts);
    const wrong = outcomes.filter(
      (outcome) => outcome.status === 'fulfilled' || !(outcome.reason instanceof AriValidationError),
    );
    expect(wrong).toEqual([]);
    expect(bench.asterisk.journal.requests).toHaveLength(before);
  });
});
