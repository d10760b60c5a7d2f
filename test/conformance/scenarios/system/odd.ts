import { expect } from 'vitest';
import { dialplanChannel, enterStasis } from '../../actors.js';
import { Ear, expectRaw, expectRefusal } from '../../expectations.js';
import { openSocket } from '../../frames.js';
import { sendBytes } from '../../tcp.js';
import { patience, type Scenario } from '../../world.js';

const json = { 'Content-Type': 'application/json' };

/** What Asterisk makes of requests that no client should send. */
export const odd: readonly Scenario[] = [
  {
    area: 'http',
    name: 'what is no text in JSON to Asterisk is refused: NUL, half a surrogate, numbers without a place, broken UTF-8',
    async run({ raw }) {
      const send = (body: string | Buffer) => raw('POST', '/channels', { body, headers: json });
      const unread = [
        String.raw`{"endpoint":"a\u0000b"}`,
        String.raw`{"a\u0000b":"endpoint"}`,
        String.raw`{"endpoint":"\ud800"}`,
        '{"timeout":9223372036854775808}',
        '{"timeout":-9223372036854775809}',
        '{"timeout":1e400}',
        `{"x":${'['.repeat(2048)}${']'.repeat(2048)}}`,
        Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]),
        '\uFEFF{}',
      ];
      for (const body of unread) await expectRaw(send(body), 400, 'Error parsing request body');
      const read = [
        String.raw`{"x":"\ud83d\ude00"}`,
        '{"timeout":9223372036854775807}',
        '{"x":1e-400}',
        `{"x":${'['.repeat(2047)}${']'.repeat(2047)}}`,
      ];
      for (const body of read) await expectRaw(send(body), 400, 'Endpoint must be specified');
    },
  },
  {
    area: 'http',
    name: 'a method that nobody knows is refused as one that the path does not have',
    async run({ raw }) {
      for (const method of ['FOO', 'PROPFIND']) {
        const { status, headers } = await raw(method, '/channels');
        expect([status, headers.allow]).toEqual([405, 'OPTIONS,GET,POST']);
      }
      const { status } = await raw('FOO', '/nonsense');
      expect(status).toBe(404);
    },
  },
  {
    area: 'http',
    name: 'the head alone is asked of no path, and answered with a body',
    async run({ server: { url, username, password } }) {
      const credentials = Buffer.from(`${username}:${password}`).toString('base64');
      const rest = ['Host: x', `Authorization: Basic ${credentials}`, 'Connection: close', '', ''].join('\r\n');
      for (const [path, status, message] of [
        ['channels', 'HTTP/1.1 405 Method Not Allowed', '{"message":"Invalid method"}'],
        ['asterisk/ping', 'HTTP/1.1 405 Method Not Allowed', '{"message":"Invalid method"}'],
        ['nonsense', 'HTTP/1.1 404 Not Found', '{"message":"Resource not found"}'],
      ] as const) {
        const { pathname } = new URL(`ari/${path}`, url);
        const lines = (await sendBytes(url, `HEAD ${pathname} HTTP/1.1\r\n${rest}`)).split('\r\n');
        expect([path, lines.at(0), lines.at(-1)]).toEqual([path, status, message]);
      }
    },
  },
  {
    area: 'http',
    name: 'a path that takes connections for events has no method that would show',
    async run({ raw }) {
      const { status, headers } = await raw('PUT', '/events');
      expect([status, headers.allow]).toEqual([405, 'OPTIONS']);
    },
  },
  {
    area: 'events',
    name: 'frames that are no request are answered, without a path',
    since: 22,
    async run({ server, app }) {
      const socket = await openSocket(server, `${app}-frames`);
      const nothing = { transaction_id: '', request_id: '', status_code: 400, uri: '' };
      const unread = { ...nothing, reason_phrase: 'Failed to parse request message JSON' };
      const bad = (message: string) => ({
        ...nothing,
        reason_phrase: 'Bad request',
        content_type: 'application/json',
        message_body: JSON.stringify({ message }),
      });
      for (const frame of ['5', '{', '', String.raw`{"type":"\u0000"}`, Buffer.from([0x22, 0xff, 0x22])]) {
        expect(await socket.ask(frame)).toEqual(unread);
      }
      for (const frame of ['[]', '{}', '{"type":5}', '{"uri":"asterisk/ping","method":"GET"}']) {
        expect(await socket.ask(frame)).toEqual(bad("No 'type' property."));
      }
      expect(await socket.ask('{"type":"x","uri":"asterisk/ping"}')).toEqual(bad('Unknown request type.'));
      await socket.close(1000);
    },
  },
  {
    area: 'events',
    name: 'query strings that are no list are as none; events are not to be had over a socket that has them',
    since: 22,
    async run({ server, app }) {
      const socket = await openSocket(server, `${app}-frames`);
      const ask = (request: object) => socket.ask(JSON.stringify({ type: 'RESTRequest', method: 'GET', ...request }));
      const read = { uri: 'asterisk/variable?variable=NONE_OF_THESE' };
      for (const query_strings of [{}, { a: 'b' }, 'text', 5, true, null, []]) {
        expect(await ask({ ...read, query_strings })).toMatchObject({ status_code: 200, message_body: '{"value":""}' });
      }
      for (const query_strings of [[5], [{}], [{ name: 'variable' }], [{ name: 'variable', value: 5 }]]) {
        expect(await ask({ ...read, query_strings })).toMatchObject({
          status_code: 400,
          message_body: `{"message":"Unable to parse 'query_strings' array."}`,
        });
      }
      expect(await ask({ uri: 'events?app=x' })).toMatchObject({ status_code: 400, reason_phrase: 'Bad request' });
      await socket.close(1000);
    },
  },
  {
    area: 'events',
    name: 'a connection is closed with the code that it was closed with, or as usual if there was none',
    async run({ server, app }) {
      for (const [code, answer] of [
        [undefined, 1000],
        [1000, 1000],
        [1001, 1001],
        [4000, 4000],
      ] as const) {
        const socket = await openSocket(server, `${app}-closing`);
        expect(await socket.close(code)).toBe(answer);
      }
    },
  },
  {
    area: 'http',
    name: 'an answer that would hold bytes which are no UTF-8 is empty',
    async run({ raw }) {
      await expectRaw(raw('POST', '/playbacks/none/control?operation=%FF'), 400);
      await expectRaw(raw('GET', '/endpoints/%FF'), 404);
    },
  },
  {
    area: 'http',
    name: 'the case of an id counts, or not: as each part of Asterisk has it',
    since: 22,
    async run({ client, app, raw }) {
      const made = { endpoint: 'Local/wait@default', app, channelId: `Mixed-${app}` };
      const channel = client.channels.handle(made.channelId);
      const started = channel.waitFor('StasisStart', patience);
      await client.channels.create(made);
      await started;
      const [other, path] = [`mIXED-${app}`, `/channels/mIXED-${app}`];
      await expectRaw(raw('GET', path), 200);
      await expectRaw(raw('POST', `${path}/answer`), 409, 'Channel not in Stasis application');
      const twin = client.channels.create({ ...made, channelId: other });
      await expectRefusal(twin, 409, 'Channel with given unique ID already exists');
      const bridge = await client.bridges.createWithId({ bridgeId: `Bridge-${app}` });
      const upper = `bRIDGE-${app}`;
      await expectRaw(raw('GET', `/bridges/${upper}`), 404, 'Bridge not found');
      await expectRaw(raw('POST', `/bridges/${upper}`), 409, `Bridge with id '${upper}' already exists`);
      const add = `/bridges/${bridge.id}/addChannel?channel=`;
      await expectRaw(raw('POST', `${add}${other}`), 422, 'Channel not in Stasis application');
      await expectRaw(raw('POST', `${add}%00`), 400, 'Missing parameter channel');
      await expectRaw(raw('GET', '/endpoints/pjsip/alice'), 200);
      await expectRaw(raw('GET', '/endpoints/PJSIP/ALICE'), 404, 'Endpoint not found');
      for (const [name, state] of [
        ['stasis:none', 'UNKNOWN'],
        ['Custom:none', 'UNKNOWN'],
        ['PJSIP/ALICE', 'INVALID'],
      ] as const) {
        expect((await client.deviceStates.get({ deviceName: name })).state).toBe(state);
      }
      const progress = `/channels/${channel.id}/transfer_progress?states=`;
      await expectRaw(raw('POST', `${progress}CHANNEL_PROGRESS`), 204);
      await expectRaw(raw('POST', `${progress}abc`), 400, 'Invalid states value');
      await expectRaw(raw('POST', progress), 400, 'states must not be empty');
      await channel.hangup();
      await bridge.destroy();
    },
  },
  {
    area: 'applications',
    name: 'what an application is not subscribed to is not taken from it; all of a kind are, by the name for them',
    since: 22,
    async run({ client, app, raw }) {
      const application = client.applications.handle(app);
      const unsubscribe = (source: string) =>
        raw('DELETE', `/applications/${app}/subscription?eventSource=${encodeURIComponent(source)}`);
      for (const source of ['channel:', 'bridge:', 'endpoint:', 'deviceState:', 'deviceState:Stasis:x']) {
        await expectRaw(unsubscribe(source), 422, 'Event source was not subscribed to');
      }
      await application.subscribe({ eventSource: ['channel:', 'deviceState:', 'deviceState:Stasis:x'] });
      const kept = await application.unsubscribe({ eventSource: 'deviceState:Stasis:x' });
      expect(kept.device_names).toEqual(['__AST_DEVICE_STATE_ALL_TOPIC']);
      const rest = await application.unsubscribe({ eventSource: ['deviceState:', 'channel:__AST_CHANNEL_ALL_TOPIC'] });
      expect(rest.toJSON()).toMatchObject({ channel_ids: [], device_names: [] });
      await expectRefusal(
        application.subscribe({ eventSource: 'endpoint:pjsip/alice' }),
        422,
        'Event source does not exist',
      );
    },
  },
  {
    area: 'applications',
    name: 'of what there is, too, nothing is taken that was not subscribed to',
    async run(world) {
      const { app, raw } = world;
      const unsubscribe = (source: string) =>
        raw('DELETE', `/applications/${app}/subscription?eventSource=${encodeURIComponent(source)}`);
      const channel = await dialplanChannel(world);
      const other = await world.connect();
      await other.start(`${app}-other`);
      const bridge = await other.bridges.create();
      for (const source of [`channel:${channel.id}`, `bridge:${bridge.id}`, 'endpoint:PJSIP/alice', 'endpoint:PJSIP']) {
        await expectRaw(unsubscribe(source), 422, 'Event source was not subscribed to');
      }
      await bridge.destroy();
      await channel.hangup();
    },
  },
  {
    area: 'variables',
    name: 'what is not set is unset in silence; the underscores in front of a name are told, and no part of it',
    async run(world) {
      const channel = await enterStasis(world);
      const ear = new Ear(world.client);
      await channel.setChannelVar({ variable: 'NEVER_SET' });
      await channel.setChannelVar({ variable: '__ONCE', value: '1' });
      await channel.setChannelVar({ variable: 'ONCE' });
      await channel.setChannelVar({ variable: 'ONCE' });
      await channel.setChannelVar({ variable: 'LAST', value: '1' });
      await ear.until('ChannelVarset', ({ variable }) => variable === 'LAST');
      const told = ear.of('ChannelVarset').map(({ variable, value }) => [variable, value]);
      expect(told).toEqual([
        ['__ONCE', '1'],
        ['ONCE', ''],
        ['LAST', '1'],
      ]);
      await channel.hangup();
    },
  },
  {
    area: 'variables',
    name: 'names that every object of a program seems to have are as any other',
    since: 22,
    async run(world) {
      const channel = await enterStasis(world);
      for (const variable of ['constructor', '__proto__', 'toString']) {
        await expectRefusal(channel.getChannelVar({ variable }), 404, 'Provided variable was not found');
        await channel.setChannelVar({ variable, value: 'mine' });
      }
      expect((await channel.getChannelVar({ variable: 'constructor' })).value).toBe('mine');
      // The underscores in front are no part of a name.
      expect((await channel.getChannelVar({ variable: 'proto__' })).value).toBe('mine');
      await expectRefusal(
        channel.getChannelVar({ variable: 'constructor(x)' }),
        500,
        'Unable to read provided function',
      );
      const odd = world.raw('POST', '/channels', { body: { endpoint: 'constructor/x', app: world.app } });
      await expectRaw(odd, 500, 'Allocation failed');
      await channel.hangup();
    },
  },
];
