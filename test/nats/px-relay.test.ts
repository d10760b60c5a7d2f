import { AriValidationError } from 'asterisk-ari';
import { startRelay } from 'asterisk-ari/nats';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { Conversation } from './support/conversation.js';
import { House } from './support/house.js';

/** An Asterisk behind a relay that is an ari-proxy, and somebody who speaks with it as a program in Go does. */
async function open(house: House, node = 'a'): Promise<{ asterisk: TestAsterisk; go: Conversation }> {
  const go = await Conversation.in(house);
  const asterisk = await house.asterisk(node);
  await house.relay(asterisk, { px: true });
  return { asterisk, go };
}

/** A call in the application, and its channel's id. */
async function call(asterisk: TestAsterisk): Promise<{ id: string; phone: ReturnType<TestAsterisk['call']> }> {
  const phone = asterisk.call({ to: 'stasis-ivr', from: 'Ann <100>' });
  await expect.poll(() => asterisk.journal.eventsOf('StasisStart').length).toBeGreaterThan(0);
  return { id: phone.channelId, phone };
}

describe('a relay as ari-proxy', () => {
  it('announces itself when it is up and whenever it is asked, once for each application', async () => {
    await using house = await House.open();
    const go = await Conversation.in(house);
    const heard = await go.listen('ari.announce');
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { px: true, apps: ['ivr', 'queue'] });
    const both = ['{"node":"a","application":"ivr"}', '{"node":"a","application":"queue"}'];
    await expect.poll(() => heard.map(([, text]) => text)).toEqual(both);
    await go.say('ari.ping', '{"kind":"","key":null}');
    await expect.poll(() => heard.map(([, text]) => text)).toEqual([...both, ...both]);
  });

  it('says nothing of itself, and that its connection is down, while Asterisk is away', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const ask = '{"kind":"ChannelList","key":{"kind":"channel","node":"a","app":"ivr"}}';
    await expect.poll(() => go.ask('ari.get.ivr.a', ask)).toEqual({ error: '', keys: [] });
    await asterisk.faults.refuse();
    asterisk.faults.dropSocket('ivr');
    await expect.poll(() => go.ask('ari.get.ivr.a', ask)).toEqual({ error: 'ARI connection is down' });
    const heard = await go.listen('ari.announce');
    await go.say('ari.ping', '{"kind":"","key":null}');
    await go.nats.flush();
    await asterisk.faults.accept();
    await expect.poll(() => heard.length).toBe(1);
  });

  it('stands for the node that Asterisk says it is after it is back', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house, 'before');
    const list = '{"kind":"BridgeList","key":null}';
    await expect.poll(() => go.ask('ari.get.ivr.before', list)).toEqual({ error: '', keys: [] });
    const heard = await go.listen('ari.announce');
    const port = Number(new URL(asterisk.url).port);
    await asterisk.close();
    const after = await startAsterisk({ clock: 'real', entityId: 'after', port });
    house.ends(() => after.close());
    await expect.poll(() => heard.map(([, text]) => text)).toContain('{"node":"after","application":"ivr"}');
    expect(await go.ask('ari.get.ivr.after', list)).toEqual({ error: '', keys: [] });
    await expect(go.ask('ari.get.ivr.before', list)).rejects.toThrow('no responders');
  });

  it.each(['ari.command', 'ari.command.ivr', 'ari.command.ivr.a'])('takes commands at %s', async (subject) => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const { id, phone } = await call(asterisk);
    const answer = `{"kind":"ChannelAnswer","key":{"kind":"channel","id":"${id}","node":"a","app":"ivr"}}`;
    expect(await go.ask(subject, answer)).toEqual({ error: '' });
    await phone.answered();
    const hangup = `{"kind":"ChannelHangup","key":{"kind":"channel","id":"${id}"},"channel_hangup":{"reason":"busy"}}`;
    expect(await go.ask(subject, hangup)).toEqual({ error: '' });
    await phone.ended();
    expect(phone.hangupCause).toBe(17);
  });

  it('tells statuses of Asterisk in the words of Go', async () => {
    await using house = await House.open();
    const { go } = await open(house);
    expect(await go.ask('ari.command.ivr.a', '{"kind":"ChannelRing","key":{"kind":"channel","id":"gone"}}')).toEqual({
      error: 'Non-2XX response: 404 Not Found',
    });
    expect(await go.ask('ari.data.ivr.a', '{"kind":"ChannelData","key":{"kind":"channel","id":"gone"}}')).toEqual({
      error: "failed to get data: Error getting data for channel 'gone': Non-2XX response: 404 Not Found",
    });
    expect(await go.ask('ari.get.ivr.a', '{"kind":"BridgeGet","key":{"kind":"bridge","id":"gone"}}')).toEqual({
      error: "failed to get data: Error getting data for bridge 'gone': Non-2XX response: 404 Not Found",
    });
    expect(await go.ask('ari.get.ivr.a', '{"kind":"AsteriskLoggingGet","key":{"kind":"logging","id":"gone"}}')).toEqual(
      { error: 'not found' },
    );
  });

  it('answers lists with keys, gets with a key and data with ARI’s fields and a key', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const { id } = await call(asterisk);
    const key = { kind: 'channel', id, node: 'a', app: 'ivr' };
    expect(await go.ask('ari.get.ivr', '{"kind":"ChannelList","key":{"kind":"channel","id":"","app":"ivr"}}')).toEqual({
      error: '',
      keys: [key],
    });
    expect(await go.ask('ari.get', '{"kind":"ChannelList","key":null}')).toEqual({ error: '', keys: [key] });
    const one = `"key":{"kind":"channel","id":"${id}","node":"a","app":"ivr"}`;
    expect(await go.ask('ari.get.ivr.a', `{"kind":"ChannelGet",${one}}`)).toEqual({ error: '', key });
    expect(await go.ask('ari.data.ivr.a', `{"kind":"ChannelData",${one}}`)).toMatchObject({
      error: '',
      data: { channel: { key, id, state: 'Ring', caller: { name: 'Ann', number: '100' } } },
    });
    expect(await go.ask('ari.get.ivr.a', '{"kind":"ApplicationList","key":null}')).toEqual({
      error: '',
      keys: [{ kind: 'application', id: 'ivr', node: 'a', app: 'ivr' }],
    });
    expect(
      await go.ask(
        'ari.get.ivr.a',
        '{"kind":"EndpointListByTech","key":null,"endpoint_list_by_tech":{"tech":"PJSIP"}}',
      ),
    ).toMatchObject({ keys: expect.arrayContaining([{ kind: 'endpoint', id: 'PJSIP/100', node: 'a', app: 'ivr' }]) });
    expect(await go.ask('ari.data.ivr.a', '{"kind":"AsteriskInfo","key":{"app":"ivr","node":"a"}}')).toMatchObject({
      data: { asterisk: { system: { entity_id: 'a' } } },
    });
  });

  it('originates, plays, records, snoops and bridges, and answers with the keys of what is made', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const { id, phone } = await call(asterisk);
    const one = `"key":{"kind":"channel","id":"${id}","node":"a","app":"ivr"}`;
    const keyOf = (kind: string, made: string) => ({ error: '', key: { kind, id: made, node: 'a', app: 'ivr' } });

    expect(await go.ask('ari.command.ivr.a', `{"kind":"ChannelAnswer",${one}}`)).toEqual({ error: '' });
    const play = `{"kind":"ChannelPlay",${one},"channel_play":{"playback_id":"x-pb","media_uri":"sound:hello-world"}}`;
    expect(await go.ask('ari.create.ivr.a', play)).toEqual(keyOf('playback', 'x-pb'));
    await phone.hears('sound:hello-world');

    const record =
      `{"kind":"ChannelRecord",${one},"channel_record":{"name":"x-rc","options":{"Format":"wav",` +
      '"MaxDuration":90000000000,"MaxSilence":1500000000,"Exists":"overwrite","Beep":true,"Terminate":"#"}}}';
    expect(await go.ask('ari.create.ivr.a', record)).toEqual(keyOf('liverecording', 'x-rc'));
    expect(asterisk.journal.requestsTo({ method: 'POST', path: '/channels/*/record' })[0]?.body).toEqual({
      name: 'x-rc',
      format: 'wav',
      maxDurationSeconds: 90,
      maxSilenceSeconds: 1,
      ifExists: 'overwrite',
      beep: true,
      terminateOn: '#',
    });
    expect(
      await go.ask('ari.command.ivr.a', '{"kind":"RecordingLiveStop","key":{"kind":"liverecording","id":"x-rc"}}'),
    ).toEqual({ error: '' });

    const bridge =
      '{"kind":"BridgeCreate","key":{"kind":"bridge","id":"x-br"},"bridge_create":{"type":"mixing","name":"n"}}';
    expect(await go.ask('ari.create.ivr.a', bridge)).toEqual(keyOf('bridge', 'x-br'));
    const add = `{"kind":"BridgeAddChannel","key":{"kind":"bridge","id":"x-br"},"bridge_add_channel":{"channel":"${id}"}}`;
    expect(await go.ask('ari.command.ivr.a', add)).toEqual({ error: '' });
    expect(await go.ask('ari.data.ivr.a', '{"kind":"BridgeData","key":{"kind":"bridge","id":"x-br"}}')).toMatchObject({
      data: { bridge: { id: 'x-br', name: 'n', channels: [id] } },
    });

    const originate =
      '{"kind":"ChannelOriginate","key":{"app":"ivr","node":"a"},"channel_originate":{"originate_request":{' +
      '"endpoint":"PJSIP/200","timeout":20,"callerId":"Go <1>","app":"ivr","appArgs":"dialed","channelId":"x-ch",' +
      '"variables":{"A":"1"}}}}';
    asterisk.phone('200');
    expect(await go.ask('ari.create.ivr.a', originate)).toEqual(keyOf('channel', 'x-ch'));
    const snoop = `{"kind":"ChannelSnoop",${one},"channel_snoop":{"snoop_id":"x-sn","options":{"app":"","spy":"both"}}}`;
    expect(await go.ask('ari.create.ivr.a', snoop)).toEqual(keyOf('channel', 'x-sn'));
    expect(asterisk.journal.requestsTo({ path: '/channels/*/snoop/*' })[0]?.body).toEqual({ app: 'ivr', spy: 'both' });
    const dtmf =
      `{"kind":"ChannelSendDTMF",${one},"channel_send_dtmf":{"dtmf":"12","options":{"Before":0,"Between":200000000,` +
      '"Duration":150000000,"After":0}}}';
    expect(await go.ask('ari.command.ivr.a', dtmf)).toEqual({ error: '' });
    expect(asterisk.journal.requestsTo({ path: '/channels/*/dtmf' })[0]?.body).toEqual({
      dtmf: '12',
      between: 200,
      duration: 150,
    });
  });

  it('reads and sets variables', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const { id } = await call(asterisk);
    const key = `"key":{"kind":"channel","id":"${id}","node":"a","app":"ivr"}`;
    const set = `{"kind":"ChannelVariableSet",${key},"channel_variable":{"name":"GREETING","value":"hi"}}`;
    expect(await go.ask('ari.command.ivr.a', set)).toEqual({ error: '' });
    const get = `{"kind":"ChannelVariableGet",${key},"channel_variable":{"name":"GREETING"}}`;
    expect(await go.ask('ari.data.ivr.a', get)).toEqual({ error: '', data: { variable: 'hi' } });
    const setGlobal =
      '{"kind":"AsteriskVariableSet","key":{"kind":"variable","id":"G"},"asterisk_variable_set":{"value":"1"}}';
    expect(await go.ask('ari.command.ivr.a', setGlobal)).toEqual({ error: '' });
    expect(await go.ask('ari.data.ivr.a', '{"kind":"AsteriskVariableGet","key":{"kind":"variable","id":"G"}}')).toEqual(
      {
        error: '',
        data: { variable: '1' },
      },
    );
  });

  it('tells only the key of what is staged', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const { id } = await call(asterisk);
    const one = `"key":{"kind":"channel","id":"${id}","node":"a","app":"ivr"}`;
    const play = `{"kind":"ChannelStagePlay",${one},"channel_play":{"playback_id":"s-pb","media_uri":"sound:x"}}`;
    expect(await go.ask('ari.get.ivr.a', play)).toEqual({
      error: '',
      key: { kind: 'playback', id: 's-pb', node: 'a', app: 'ivr' },
    });
    const bridge = '{"kind":"BridgeStageCreate","key":{"kind":"bridge","id":"s-br"},"bridge_create":{"type":"mixing"}}';
    expect(await go.ask('ari.create.ivr.a', bridge)).toEqual({
      error: '',
      key: { kind: 'bridge', id: 's-br', node: 'a', app: 'ivr' },
    });
    expect(asterisk.journal.requestsTo({ method: 'POST' })).toEqual([]);
  });

  it('lets one of several nodes create what is for any', async () => {
    await using house = await House.open();
    const { go, asterisk: a } = await open(house, 'a');
    const b = await house.asterisk('b');
    await house.relay(b, { px: true });
    const create = '{"kind":"BridgeCreate","key":{"kind":"bridge","id":"one"},"bridge_create":{"type":"mixing"}}';
    expect(await go.ask('ari.create.ivr', create)).toMatchObject({ error: '', key: { id: 'one' } });
    const made = [a, b].flatMap(({ journal }) => journal.requestsTo({ method: 'POST', path: '/bridges/one' }));
    expect(made).toHaveLength(1);
  });

  it('lets one of two relays of a node answer', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const { id, phone } = await call(asterisk);
    const second = await startRelay({
      asterisk: { url: asterisk.url, username: asterisk.username, password: asterisk.password },
      apps: 'ivr',
      servers: house.nats.url,
      px: true,
    });
    house.ends(() => second.close());
    const answer = `{"kind":"ChannelAnswer","key":{"kind":"channel","id":"${id}","app":"ivr"}}`;
    await expect.poll(() => go.ask('ari.command.ivr', answer)).toEqual({ error: '' });
    await phone.answered();
    expect(asterisk.journal.requestsTo({ path: '/channels/*/answer' })).toHaveLength(1);
  });

  it('sends events as Asterisk has written them, and to the dialogs of what they carry', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const events = await go.listen('ari.event.>');
    const dialog = await go.listen('ari.dialogevent.d1');
    const { id, phone } = await call(asterisk);
    const typesOf = (heard: [string, string][]) => heard.map(([, text]) => (JSON.parse(text) as { type: string }).type);
    await expect.poll(() => typesOf(events)).toContain('StasisStart');
    expect(dialog).toEqual([]);
    const bind = `{"kind":"ChannelSubscribe","key":{"kind":"channel","id":"${id}","dialog":"d1","app":"ivr","node":"a"}}`;
    expect(await go.ask('ari.command.ivr.a', bind)).toEqual({ error: '' });
    phone.press('5');
    await expect.poll(() => typesOf(dialog)).toEqual(['ChannelDtmfReceived']);
    const [subject, plain] = events.find(([, text]) => text.includes('ChannelDtmfReceived')) ?? ['', ''];
    expect(subject).toBe('ari.event.ivr.a');
    expect(JSON.parse(dialog[0]?.[1] ?? '')).toEqual({ dialog: 'd1', ...(JSON.parse(plain) as object) });
    expect(dialog[0]?.[1].replace('"dialog":"d1",', '')).toBe(plain);
    phone.hangup();
    await expect.poll(() => typesOf(dialog)).toContain('StasisEnd');
  });

  it('binds what a request with a dialog makes, recordings too', async () => {
    await using house = await House.open();
    const { asterisk, go } = await open(house);
    const dialog = await go.listen('ari.dialogevent.rec');
    const { id } = await call(asterisk);
    const answer = `{"kind":"ChannelAnswer","key":{"kind":"channel","id":"${id}"}}`;
    await go.ask('ari.command.ivr.a', answer);
    const record =
      `{"kind":"ChannelRecord","key":{"kind":"channel","id":"${id}","dialog":"rec"},` +
      '"channel_record":{"name":"r1","options":{"Format":"wav","MaxDuration":0,"MaxSilence":0,"Exists":"","Beep":false,"Terminate":""}}}';
    expect(await go.ask('ari.create.ivr.a', record)).toMatchObject({ error: '', key: { id: 'r1', dialog: 'rec' } });
    await go.ask('ari.command.ivr.a', '{"kind":"RecordingLiveStop","key":{"kind":"liverecording","id":"r1"}}');
    await expect
      .poll(() => dialog.map(([, text]) => (JSON.parse(text) as { type: string }).type))
      .toEqual(expect.arrayContaining(['RecordingStarted', 'RecordingFinished']));
  });

  it('leaves calls where they are that its clients take', async () => {
    await using house = await House.open();
    const go = await Conversation.in(house);
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { px: true, offerForMs: 100 });
    const { id, phone } = await call(asterisk);
    await expect.poll(() => relay.status.offered).toBe(0);
    expect(await go.ask('ari.command.ivr.a', `{"kind":"ChannelAnswer","key":{"kind":"channel","id":"${id}"}}`)).toEqual(
      {
        error: '',
      },
    );
    await phone.answered();
  });

  it.each([
    ['no JSON', 'malformed request: it is no object in JSON'],
    ['[]', 'malformed request: it is no object in JSON'],
    ['null', 'malformed request: it is no object in JSON'],
    ['{}', 'malformed request: kind: expected string, received undefined'],
    ['{"kind":7,"key":null}', 'malformed request: kind: expected string, received number'],
    ['{"kind":"ChannelAnswer"}', 'channel key not supplied'],
    ['{"kind":"ChannelAnswer","key":null}', 'channel key not supplied'],
    ['{"kind":"ChannelAnswer","key":{"kind":"channel","id":""}}', 'channel key not supplied'],
    ['{"kind":"ChannelAnswer","key":"x"}', 'malformed request: key: expected object, received string'],
    ['{"kind":"ChannelAnswer","key":{"id":".."}}', 'channelId must be a well-formed text, neither empty nor dots'],
    ['{"kind":"ChannelAnswer","key":{"id":"\\ud800"}}', 'channelId must be a well-formed text, neither empty nor dots'],
    [
      '{"kind":"ChannelAnswer","key":{"id":"x","dialog":"a b"}}',
      'malformed request: key.dialog: must be one or more tokens of a subject',
    ],
    ['{"kind":"ChannelHangup","key":{"id":"x"}}', 'channel_hangup is mandatory'],
    ['{"kind":"ChannelHangup","key":{"id":"x"},"channel_hangup":7}', 'channel_hangup is mandatory'],
    ['{"kind":"ChannelPlay","key":{"id":"x"},"channel_play":{"playback_id":"p"}}', 'media_uri is mandatory'],
    [
      '{"kind":"ChannelDial","key":{"id":"x"},"channel_dial":{"caller":"","timeout":"soon"}}',
      'malformed request: channel_dial.timeout: expected number, received string',
    ],
    ['{"kind":"ChannelOriginate","key":null}', 'OriginateRequest is mandatory'],
    ['{"kind":"ChannelExternalMedia","key":null}', 'ExternalMediaOptions is required'],
    ['{"kind":"ChannelExternalMedia","key":null,"channel_external_media":{"options":{}}}', 'ExternalHost is mandatory'],
    [
      '{"kind":"ChannelExternalMedia","key":null,"channel_external_media":{"options":{"external_host":"h:1"}}}',
      'Format is mandatory',
    ],
    ['{"kind":"EndpointData","key":{"kind":"endpoint","id":"PJSIP"}}', 'endpoint key must be tech/resource'],
    ['{"kind":"ChannelMove","key":{"kind":"channel","id":"x"}}', 'Not implemented'],
    ['{"kind":"toString","key":{"kind":"channel","id":"x"}}', 'Not implemented'],
  ])('answers %s with an error, and goes on', async (request, error) => {
    await using house = await House.open();
    const { go } = await open(house);
    for (const requestClass of ['get', 'data', 'command', 'create']) {
      expect(await go.ask(`ari.${requestClass}.ivr.a`, request)).toEqual({ error });
      await go.say(`ari.${requestClass}.ivr.a`, request);
    }
    expect(await go.ask('ari.get.ivr.a', '{"kind":"BridgeList","key":null}')).toEqual({ error: '', keys: [] });
  });

  it.each(['my app', 'a*', '>'])('refuses an application that no subject can have: %s', async (apps) => {
    const asterisk = { url: 'http://127.0.0.1:9', username: 'u', password: 'p' };
    await expect(startRelay({ asterisk, apps, servers: 'nats://127.0.0.1:9', px: true })).rejects.toThrow(
      AriValidationError,
    );
  });
});
