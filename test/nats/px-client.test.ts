import {
  AriConnectionError,
  AriProtocolError,
  AriTimeoutError,
  AriValidationError,
  ConflictError,
  NotFoundError,
  UnsupportedOperationError,
  type AriClient,
  type GapNotice,
} from 'asterisk-ari';
import { connectPx } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { Proxy, worker } from './support/proxy.js';

const node = '00:11:22:33:44:55';
const place = { app: 'ivr', node };

/** As Go writes a channel, with its empty structs. */
function channel(id: string): string {
  return (
    `{"key":{"kind":"channel","id":"${id}","node":"${node}","app":"ivr"},"id":"${id}","name":"PJSIP/ann-1","state":"Up",` +
    '"accountcode":"","caller":{"name":"Ann","number":"100"},"connected":{},"creationtime":"2026-11-27T10:00:00.000+0000",' +
    '"dialplan":{"context":"default","exten":"s","priority":1},"channelvars":null}'
  );
}

/** As Go writes the beginning of a call: the channel that it replaces is an empty struct. */
function start(id: string): string {
  return (
    '{"application":"ivr","type":"StasisStart","timestamp":"2026-11-27T10:00:00.100+0000","asterisk_id":"' +
    `${node}","args":[],"channel":${channel(id)},"replace_channel":{"key":null,"id":"","name":"","state":"",` +
    '"accountcode":"","caller":null,"connected":null,"creationtime":"1970-01-01T00:00:00.000+0000","dialplan":null,' +
    '"channelvars":null}}'
  );
}

function digit(id: string, pressed: string): string {
  return (
    '{"application":"ivr","type":"ChannelDtmfReceived","timestamp":"2026-11-27T10:00:01.000+0000","asterisk_id":"' +
    `${node}","digit":"${pressed}","duration_ms":100,"channel":${channel(id)}}`
  );
}

/** A proxy and a worker that has met it. */
async function met(house: House): Promise<{ proxy: Proxy; client: AriClient }> {
  const proxy = await Proxy.in(house);
  const fleet = await worker(house);
  await expect.poll(() => fleet.node(node).release).toBe('22.10.1');
  return { proxy, client: fleet.node(node).client };
}

describe('a worker of ari-proxies', () => {
  it('meets those of its application', async () => {
    await using house = await House.open();
    const proxy = await Proxy.in(house);
    const fleet = await worker(house);
    expect([...fleet.nodes.keys()]).toEqual([node]);
    const { isUp, apps } = fleet.node(node);
    expect({ isUp, apps }).toEqual({ isUp: true, apps: ['ivr'] });
    await proxy.go.say('ari.announce', '{"node":"other","application":"queue"}');
    await proxy.go.say('ari.announce', 'garbage');
    await proxy.go.say('ari.announce', '{"node":"a b","application":"ivr"}');
    await proxy.go.say('ari.announce', '{"asterisk":"x","application":"ivr"}');
    await proxy.go.say('ari.announce', '{"node":"late","application":"ivr"}');
    await expect.poll(() => [...fleet.nodes.keys()]).toEqual([node, 'late']);
  });

  it('sends commands with their key, their units and their names', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    const on = { kind: 'channel', id: '1700.1', ...place };
    await client.channels.answer({ channelId: '1700.1' });
    await client.channels.hangup({ channelId: '1700.1', reason: 'busy' });
    await client.channels.hangup({ channelId: '1700.2' });
    await client.channels.dial({ channelId: '1700.1', caller: '1700.9', timeout: 30 });
    await client.channels.sendDTMF({ channelId: '1700.1', dtmf: '12#', before: 10, between: 200, duration: 150 });
    await client.channels.continueInDialplan({ channelId: '1700.1', context: 'c', extension: '7', priority: 2 });
    await client.channels.startMoh({ channelId: '1700.1', mohClass: 'jazz' });
    await client.channels.unmute({ channelId: '1700.1', direction: 'in' });
    await client.channels.setChannelVar({ channelId: '1700.1', variable: 'CDR(x)', value: 'a b' });
    expect(proxy.heard.filter(({ request }) => request.kind !== 'AsteriskInfo')).toEqual([
      { subject: `ari.command.ivr.${node}`, request: { kind: 'ChannelAnswer', key: on } },
      {
        subject: `ari.command.ivr.${node}`,
        request: { kind: 'ChannelHangup', key: on, channel_hangup: { reason: 'busy' } },
      },
      {
        subject: `ari.command.ivr.${node}`,
        request: { kind: 'ChannelHangup', key: { ...on, id: '1700.2' }, channel_hangup: {} },
      },
      {
        subject: `ari.command.ivr.${node}`,
        request: { kind: 'ChannelDial', key: on, channel_dial: { caller: '1700.9', timeout: 30_000_000_000 } },
      },
      {
        subject: `ari.command.ivr.${node}`,
        request: {
          kind: 'ChannelSendDTMF',
          key: on,
          channel_send_dtmf: {
            dtmf: '12#',
            options: { Before: 10_000_000, Between: 200_000_000, Duration: 150_000_000 },
          },
        },
      },
      {
        subject: `ari.command.ivr.${node}`,
        request: { kind: 'ChannelContinue', key: on, channel_continue: { context: 'c', extension: '7', priority: 2 } },
      },
      { subject: `ari.command.ivr.${node}`, request: { kind: 'ChannelMOH', key: on, channel_moh: { music: 'jazz' } } },
      {
        subject: `ari.command.ivr.${node}`,
        request: { kind: 'ChannelUnmute', key: on, channel_mute: { direction: 'in' } },
      },
      {
        subject: `ari.command.ivr.${node}`,
        request: { kind: 'ChannelVariableSet', key: on, channel_variable: { name: 'CDR(x)', value: 'a b' } },
      },
    ]);
  });

  it('creates, and asks for the data of what was made', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    proxy.answers('ChannelOriginate', `{"error":"","key":{"kind":"channel","id":"x-ch","node":"${node}","app":"ivr"}}`);
    proxy.answers('ChannelData', `{"error":"","data":{"channel":${channel('x-ch')}}}`, 'x-ch');
    const made = await client.channels.originate({
      endpoint: 'PJSIP/200',
      app: 'ivr',
      appArgs: 'dialed',
      timeout: 20,
      channelId: 'x-ch',
      variables: { A: '1' },
    });
    expect(made.toJSON()).toMatchObject({ id: 'x-ch', caller: { number: '100' }, connected: { name: '', number: '' } });
    expect(made.toJSON()).not.toHaveProperty('key');
    expect(made.toJSON()).not.toHaveProperty('channelvars');
    expect(proxy.of('ChannelOriginate')).toEqual([
      {
        kind: 'ChannelOriginate',
        key: place,
        channel_originate: {
          originate_request: {
            endpoint: 'PJSIP/200',
            timeout: 20,
            app: 'ivr',
            appArgs: 'dialed',
            channelId: 'x-ch',
            variables: { A: '1' },
          },
        },
      },
    ]);
    expect(proxy.heard.find(({ request }) => request.kind === 'ChannelOriginate')?.subject).toBe(
      `ari.create.ivr.${node}`,
    );
    expect(proxy.heard.find(({ request }) => request.kind === 'ChannelData')?.subject).toBe(`ari.data.ivr.${node}`);
  });

  it('knows a playback and a recording that are over before it can ask', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    const gone = (what: string) =>
      `{"error":"failed to get data: Error getting data for ${what} 'p': Non-2XX response: 404 Not Found"}`;
    proxy.answers('ChannelPlay', `{"error":"","key":{"kind":"playback","id":"p","node":"${node}","app":"ivr"}}`);
    proxy.answers('PlaybackData', gone('playback'));
    proxy.answers('ChannelRecord', `{"error":"","key":{"kind":"liverecording","id":"r","node":"${node}","app":"ivr"}}`);
    proxy.answers('RecordingLiveData', gone('recording'));
    const played = await client.channels.play({ channelId: 'c', playbackId: 'p', media: 'sound:hi' });
    expect(played.toJSON()).toMatchObject({ id: 'p', media_uri: 'sound:hi', target_uri: 'channel:c', state: 'done' });
    const recorded = await client.channels.record({
      channelId: 'c',
      name: 'r',
      format: 'wav',
      maxDurationSeconds: 90,
      beep: true,
      ifExists: 'overwrite',
      terminateOn: '#',
    });
    expect(recorded.toJSON()).toMatchObject({ name: 'r', format: 'wav', target_uri: 'channel:c' });
    expect(proxy.of('ChannelPlay')).toEqual([
      {
        kind: 'ChannelPlay',
        key: { kind: 'channel', id: 'c', ...place },
        channel_play: { playback_id: 'p', media_uri: 'sound:hi' },
      },
    ]);
    expect(proxy.of('ChannelRecord')).toEqual([
      {
        kind: 'ChannelRecord',
        key: { kind: 'channel', id: 'c', ...place },
        channel_record: {
          name: 'r',
          options: { Format: 'wav', MaxDuration: 90_000_000_000, Exists: 'overwrite', Beep: true, Terminate: '#' },
        },
      },
    ]);
  });

  it('reads lists, data and values as Go writes them', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    const key = (kind: string, id: string) => `{"kind":"${kind}","id":"${id}","node":"${node}","app":"ivr"}`;
    proxy.answers(
      'ChannelList',
      `{"error":"","keys":[${key('channel', 'a')},${key('channel', 'b')},${key('channel', 'c')}]}`,
    );
    proxy.answers('ChannelData', `{"error":"","data":{"channel":${channel('a')}}}`, 'a');
    proxy.answers('ChannelData', '{"error":"failed to get data: Non-2XX response: 404 Not Found"}', 'b');
    proxy.answers('ChannelData', `{"error":"","data":{"channel":${channel('c')}}}`, 'c');
    expect((await client.channels.list()).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(proxy.heard.find(({ request }) => request.kind === 'ChannelList')?.subject).toBe(`ari.get.ivr.${node}`);

    const info = '"build":{"os":"Linux"},"system":{"entity_id":"x","version":"22.10.1"},"status":{}';
    proxy.answers('AsteriskInfo', `{"error":"","data":{"asterisk":{${info}}}}`);
    expect(await client.asterisk.getInfo({ only: ['build', 'status'] })).toEqual({
      build: { os: 'Linux' },
      status: {},
    });
    expect(Object.keys(await client.asterisk.getInfo())).toEqual(['build', 'system', 'status']);
    proxy.answers('BridgeList', '{"error":""}');
    expect(await client.bridges.list()).toEqual([]);
    proxy.answers(
      'DeviceStateData',
      `{"error":"","data":{"device_state":{"key":${key('devicestate', 'd')},"state":"BUSY"}}}`,
    );
    expect((await client.deviceStates.get({ deviceName: 'd' })).toJSON()).toEqual({ name: 'd', state: 'BUSY' });
    proxy.answers('ChannelVariableGet', '{"error":"","data":{"variable":"hi"}}');
    expect(await client.channels.getChannelVar({ channelId: 'a', variable: 'V' })).toEqual({ value: 'hi' });
    proxy.answers('ChannelVariableGet', '{"error":"","data":{}}');
    expect(await client.channels.getChannelVar({ channelId: 'a', variable: 'V' })).toEqual({ value: '' });
    proxy.answers(
      'AsteriskConfigData',
      '{"error":"","data":{"config":{"key":null,"Class":"res_pjsip","Type":"auth","Name":"x","Fields":[{"attribute":"username","value":"u"}]}}}',
    );
    expect(await client.asterisk.getObject({ configClass: 'res_pjsip', objectType: 'auth', id: 'x' })).toEqual([
      { attribute: 'username', value: 'u' },
    ]);
    expect(proxy.of('AsteriskConfigData')).toEqual([
      { kind: 'AsteriskConfigData', key: { kind: 'config', id: 'res_pjsip/auth/x', ...place } },
    ]);
  });

  it('makes several requests where ARI takes several values and ari-proxy one', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    await client.bridges.addChannel({ bridgeId: 'b', channel: ['1', '2'], mute: false });
    expect(proxy.of('BridgeAddChannel')).toEqual([
      {
        kind: 'BridgeAddChannel',
        key: { kind: 'bridge', id: 'b', ...place },
        bridge_add_channel: { channel: '1', mute: false },
      },
      {
        kind: 'BridgeAddChannel',
        key: { kind: 'bridge', id: 'b', ...place },
        bridge_add_channel: { channel: '2', mute: false },
      },
    ]);
  });

  it('says what ari-proxy cannot do before anything is sent', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    const before = proxy.heard.length;
    const refused = [
      [
        'channels.move does not go through ari-proxy: its protocol has no such request',
        () => client.channels.move({ channelId: 'c', app: 'x' }),
      ],
      [
        "channels.hangup does not go through ari-proxy: its ChannelHangup has no 'reason_code'",
        () => client.channels.hangup({ channelId: 'c', reason_code: '17' }),
      ],
      [
        "bridges.addChannel does not go through ari-proxy: it looks past 'mute'",
        () => client.bridges.addChannel({ bridgeId: 'b', channel: '1', mute: true }),
      ],
      [
        'channels.play does not go through ari-proxy: its ChannelPlay cannot say ["sound:a","sound:b"] for \'media\'',
        () => client.channels.play({ channelId: 'c', media: ['sound:a', 'sound:b'] }),
      ],
      [
        "channels.sendDTMF does not go through ari-proxy: its ChannelSendDTMF cannot say 0 for 'between'",
        () => client.channels.sendDTMF({ channelId: 'c', dtmf: '1', between: 0 }),
      ],
      [
        'recordings.getStoredFile does not go through ari-proxy: its protocol has no such request',
        () => client.recordings.getStoredFile({ recordingName: 'r' }),
      ],
      [
        "events.userEvent does not go through ari-proxy: its ChannelUserEvent is for the application 'ivr', and has one channel as 'source'",
        () => client.events.userEvent({ eventName: 'e', application: 'ivr' }),
      ],
    ] as const;
    for (const [message, act] of refused) {
      const failure = await act().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(UnsupportedOperationError);
      expect((failure as Error).message).toBe(message);
    }
    expect(proxy.heard.length).toBe(before);
  });

  it.each([
    ['Non-2XX response: 404 Not Found', NotFoundError],
    ["failed to get data: Error getting data for channel 'x': Non-2XX response: 404 Not Found", NotFoundError],
    ['Non-2XX response: 409 Conflict', ConflictError],
    ['Not found', NotFoundError],
    ['Not implemented', UnsupportedOperationError],
    ['ARI connection is down', AriConnectionError],
    ['failed to make request: Post "http://x": EOF', AriConnectionError],
    ['failed to decode response: EOF', AriProtocolError],
    ['channel key not supplied', AriProtocolError],
    ['wrong key type', AriProtocolError],
  ])('makes an error of its own of %s', async (error, errorClass) => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    proxy.answers('ChannelAnswer', JSON.stringify({ error }));
    await expect(client.channels.answer({ channelId: 'x' }, { retry: false })).rejects.toThrow(errorClass);
  });

  it('tells whether a request was not sent, or may have been', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    const deliveryOf = (error: string | undefined) => {
      proxy.answers('ChannelAnswer', error);
      return client.channels
        .answer({ channelId: 'x' }, { timeoutMs: 200, retry: false })
        .catch((failure: unknown) => failure as AriConnectionError);
    };
    const late = await deliveryOf(undefined);
    expect(late).toBeInstanceOf(AriTimeoutError);
    expect(late).toMatchObject({ delivery: 'outcomeUnknown' });
    expect(await deliveryOf('{"error":"failed to make request: EOF"}')).toMatchObject({ delivery: 'outcomeUnknown' });
    expect(await deliveryOf('{"error":"ARI connection is down"}')).toMatchObject({ delivery: 'notSent' });
    await proxy.go.nats.close();
    await expect.poll(() => deliveryOf('')).toMatchObject({ delivery: 'notSent' });
  });

  it('does not take for unsent what was done in part', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    proxy.answers('ChannelOriginate', `{"error":"","key":{"kind":"channel","id":"x","node":"${node}","app":"ivr"}}`);
    proxy.answers('ChannelData', '{"error":"ARI connection is down"}');
    const call = { endpoint: 'PJSIP/200', app: 'ivr', channelId: 'x' };
    await expect(client.channels.originate(call)).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
    proxy.answers('ChannelData', '{"error":"failed to get data: Non-2XX response: 404 Not Found"}');
    await expect(client.channels.originate(call)).rejects.toThrow(
      'it was done, but there is nothing to read: failed to get data: Non-2XX response: 404 Not Found',
    );
    expect(proxy.of('ChannelOriginate')).toHaveLength(2);
  });

  it('nor a list of which only a part was asked for', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    proxy.answers('ChannelList', '{"error":"","keys":[{"kind":"channel","id":"x"}]}');
    proxy.answers('ChannelData', '{"error":"ARI connection is down"}');
    const list = client.channels.list();
    await expect(list).rejects.toThrow(/its ARI connection is down; a part of it was done$/);
    await expect(list).rejects.toMatchObject({ delivery: 'outcomeUnknown' });
  });

  it.each(['garbage', '[]', 'null', '{"error":7}', '{"error":"","keys":{}}', '{"error":"","data":{"channel":7}}'])(
    'calls an answer malformed that is: %s',
    async (answer) => {
      await using house = await House.open();
      const { proxy, client } = await met(house);
      proxy.answers('ChannelData', answer);
      await expect(client.channels.get({ channelId: 'x' })).rejects.toThrow(AriProtocolError);
    },
  );

  it('shares calls with other workers, and hears those events that are of its own', async () => {
    await using house = await House.open();
    const proxy = await Proxy.in(house);
    const workers = [await worker(house), await worker(house)];
    const heard: string[] = [];
    for (const [index, fleet] of workers.entries()) {
      fleet.on('ChannelDtmfReceived', ({ channel: { id }, digit: pressed }) => heard.push(`${index} ${pressed} ${id}`));
      const starts = fleet.on('StasisStart', ({ channel: { id }, replace_channel }) => {
        heard.push(`${index} start ${id} ${replace_channel?.id ?? 'replaces nothing'}`);
      });
      await starts.ready;
    }
    await expect.poll(() => workers.every((fleet) => fleet.node(node).client.state === 'open')).toBe(true);
    const ids = Array.from({ length: 10 }, (_, index) => `call-${index}`);
    for (const id of ids) {
      await proxy.event(start(id));
      await proxy.event(digit(id, '1'));
    }
    await expect.poll(() => heard.length).toBe(20);
    for (const id of ids) {
      const owner = heard.find((each) => each.endsWith(`start ${id} replaces nothing`))?.[0];
      expect(heard.filter((each) => each.includes(id))).toEqual([
        `${owner} start ${id} replaces nothing`,
        `${owner} 1 ${id}`,
      ]);
    }
    expect(workers.map(({ calls }) => calls).reduce((all, each) => all + each)).toBe(10);
    for (const id of ids) {
      await proxy.event(start(id).replace('StasisStart', 'StasisEnd'));
    }
    await expect.poll(() => workers.map(({ calls }) => calls)).toEqual([0, 0]);
  });

  it('is not stopped by what is no event', async () => {
    await using house = await House.open();
    const proxy = await Proxy.in(house);
    const fleet = await worker(house);
    const heard: string[] = [];
    await fleet.on('StasisStart', ({ channel: { id } }) => heard.push(id)).ready;
    await expect.poll(() => fleet.node(node).client.state).toBe('open');
    for (const garbage of [
      '',
      'garbage',
      'null',
      '7',
      '[]',
      '{}',
      '{"type":"StasisStart"}',
      '{"type":"StasisStart","channel":null}',
    ]) {
      await proxy.event(garbage);
      await proxy.go.say('ari.event.ivr.', garbage);
    }
    await proxy.event(start('c'));
    await expect.poll(() => heard).toEqual(['c']);
  });

  it('hears what it listens to or has made, and everything if it observes', async () => {
    await using house = await House.open();
    const proxy = await Proxy.in(house);
    const [fleet, watcher] = [await worker(house), await worker(house, { observe: true })];
    const heard: string[] = [];
    const { client } = fleet.node(node);
    client.channels
      .handle('mine')
      .on('ChannelDtmfReceived', (_channel, { digit: pressed }) => heard.push(`mine ${pressed}`));
    client.on('ChannelDtmfReceived', ({ channel: { id } }) => heard.push(`some ${id}`));
    watcher.on('ChannelDtmfReceived', ({ channel: { id } }) => heard.push(`watched ${id}`));
    await expect.poll(() => [client.state, watcher.node(node).client.state]).toEqual(['open', 'open']);
    await proxy.event(digit('other', '1'));
    await proxy.event(digit('mine', '2'));
    await expect.poll(() => heard.sort()).toEqual(['mine 2', 'some mine', 'watched mine', 'watched other']);
  });

  it('ends an interruption of the proxy’s connection in one notice', async () => {
    await using house = await House.open();
    const { proxy, client } = await met(house);
    const gaps: GapNotice[] = [];
    client.on('gap', (notice) => gaps.push(notice));
    proxy.answers('ChannelRing', '{"error":"ARI connection is down"}');
    await expect(client.channels.ring({ channelId: 'x' }, { retry: false })).rejects.toThrow(AriConnectionError);
    await expect.poll(() => client.state).toBe('reconnecting');
    await proxy.announce();
    await expect.poll(() => gaps.length).toBe(1);
    expect(client.state).toBe('open');
  });

  it('refuses options that it does not know', async () => {
    const { AriClient } = await import('asterisk-ari');
    const given = { client: AriClient, app: 'ivr', servers: 'nats://127.0.0.1:9' };
    const wrong = [
      [{ app: 'a b' }, "connectPx: option 'app' has 'a b', which clients of ari-proxy cannot reach"],
      [{ app: undefined }, "app: an application's name has 1 to 73 bytes, no comma and no NUL, unlike undefined"],
      [{ prefix: 'a b' }, "connectPx: option 'prefix'"],
      [{ group: 'x' }, "connectPx: option 'group' does not exist"],
      [{ client: 7 }, "connectPx: option 'client'"],
      [{ servers: [] }, "connectPx: option 'servers' must be addresses of NATS servers"],
    ] as const;
    for (const [options, message] of wrong) {
      const refused = connectPx({ ...given, ...options } as never);
      await expect(refused).rejects.toThrow(AriValidationError);
      await expect(refused).rejects.toThrow(message);
    }
  });
});
