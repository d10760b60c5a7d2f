import { NotFoundError, type AriClient, type GapNotice } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';
import { worker } from './support/proxy.js';

async function open(house: House): Promise<{ asterisk: TestAsterisk; client: AriClient }> {
  const asterisk = await house.asterisk('a');
  await house.relay(asterisk, { px: true });
  const fleet = await worker(house);
  return { asterisk, client: fleet.node('a').client };
}

describe('a worker of ari-proxies, and a relay that is one', () => {
  it('take a call from its beginning to its end', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { px: true });
    const fleet = await worker(house);
    const heard: string[] = [];
    const starts = fleet.on('StasisStart', async ({ channel }) => {
      channel.on('ChannelDtmfReceived', async (_channel, { digit }) => {
        heard.push(digit);
        await channel.hangup({ reason: 'busy' });
      });
      await channel.answer();
      const playback = fleet.nodeOf(channel).client.playbacks.handle();
      await channel.play({ media: 'sound:hello-world', playbackId: playback });
      await playback.waitFor('PlaybackFinished');
      heard.push('played');
    });
    await starts.ready;
    await expect.poll(() => fleet.node('a').client.state).toBe('open');
    const phone = asterisk.call({ to: 'stasis-ivr', from: 'Ann <100>' });
    await phone.answered();
    await expect.poll(() => heard).toEqual(['played']);
    expect(fleet.calls).toBe(1);
    phone.press('7');
    await phone.ended();
    expect(heard).toEqual(['played', '7']);
    expect(phone.hangupCause).toBe(17);
    await expect.poll(() => fleet.calls).toBe(0);
  });

  it('originate, bridge, record, read and set variables, list, and end', async () => {
    await using house = await House.open();
    const { asterisk, client } = await open(house);
    const agent = asterisk.phone('200');
    const channel = client.channels.handle();
    const started = channel.waitFor('StasisStart');
    const made = await client.channels.originate({
      endpoint: 'PJSIP/200',
      app: 'ivr',
      appArgs: ['dialed', 'a'],
      channelId: channel,
      variables: { GREETING: 'hi' },
    });
    expect(made.id).toBe(channel.id);
    agent.answer();
    expect((await started).args).toEqual(['dialed', 'a']);

    expect(await channel.getChannelVar({ variable: 'GREETING' })).toEqual({ value: 'hi' });
    await channel.setChannelVar({ variable: 'GREETING', value: 'bye' });
    expect(await channel.getChannelVar({ variable: 'GREETING' })).toEqual({ value: 'bye' });

    const bridge = await client.bridges.create({ type: 'mixing,dtmf_events', name: 'n' });
    await bridge.addChannel({ channel });
    expect((await bridge.get()).channels).toEqual([channel.id]);
    expect((await client.bridges.list()).map(({ id }) => id)).toEqual([bridge.id]);
    expect((await client.channels.list()).map(({ id }) => id)).toEqual([channel.id]);
    expect((await client.channels.get({ channelId: channel })).state).toBe('Up');

    const recording = await bridge.record({ name: 'both', format: 'wav', maxDurationSeconds: 60 });
    expect(recording.state).toMatch(/queued|recording/);
    await recording.stop();
    expect((await client.recordings.listStored()).map(({ name }) => name)).toEqual(['both']);
    const copy = await client.recordings.copyStored({ recordingName: 'both', destinationRecordingName: 'copy' });
    expect(copy.name).toBe('copy');

    await client.deviceStates.update({ deviceName: 'Stasis:lamp', deviceState: 'INUSE' });
    expect((await client.deviceStates.get({ deviceName: 'Stasis:lamp' })).state).toBe('INUSE');
    await client.mailboxes.update({ mailboxName: 'm', newMessages: 0, oldMessages: 2 });
    expect((await client.mailboxes.get({ mailboxName: 'm' })).toJSON()).toMatchObject({
      new_messages: 0,
      old_messages: 2,
    });
    expect(
      (await client.applications.subscribe({ applicationName: 'ivr', eventSource: ['deviceState:Stasis:lamp'] }))
        .device_names,
    ).toEqual(['Stasis:lamp']);
    expect((await client.endpoints.listByTech({ tech: 'PJSIP' })).map(({ resource }) => resource)).toContain('200');
    expect((await client.asterisk.getInfo({ only: 'system' })).system?.entity_id).toBe('a');
    await client.asterisk.addLog({ logChannelName: 'px', configuration: 'notice' });
    const logs = (await client.asterisk.listLogChannels()).map((log) => log.toJSON());
    expect(logs).toContainEqual({
      channel: '/var/log/asterisk/px',
      type: 'File',
      status: 'Enabled',
      configuration: 'NOTICE ',
    });

    await bridge.destroy();
    await channel.hangup();
    await agent.ended();
    await expect(channel.get()).rejects.toThrow(NotFoundError);
    await expect(bridge.get()).rejects.toThrow(NotFoundError);
  });

  it('end an interruption of NATS, and of the relay, in one notice each', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    const relay = await house.relay(asterisk, { px: true });
    const fleet = await worker(house);
    const gaps: GapNotice[] = [];
    const heard: string[] = [];
    fleet.on('gap', (notice) => gaps.push(notice));
    let answers = 0;
    await fleet.on('StasisStart', async ({ channel }) => {
      await channel.answer();
      answers += 1;
    }).ready;
    fleet.on('ChannelDtmfReceived', ({ digit }) => heard.push(digit));
    await expect.poll(() => fleet.node('a').client.state).toBe('open');
    const phone = asterisk.call({ to: 'stasis-ivr' });
    await expect.poll(() => answers).toBe(1);

    await house.nats.kill();
    await expect.poll(() => fleet.node('a').isUp).toBe(false);
    await house.nats.resume();
    await expect.poll(() => gaps.length).toBe(1);
    phone.press('1');
    await expect.poll(() => heard).toEqual(['1']);

    await relay.close();
    const ring = fleet.node('a').client.channels.ring({ channelId: 'x' }, { retry: false });
    await expect(ring).rejects.toMatchObject({ delivery: 'notSent' });
    expect(fleet.node('a').isUp).toBe(false);
    await house.relay(asterisk, { px: true });
    await expect.poll(() => gaps.length).toBe(2);
    expect(fleet.node('a').isUp).toBe(true);
    expect(fleet.nodes.size).toBe(1);
  });

  it('lose no call when a worker ends', async () => {
    await using house = await House.open();
    const asterisk = await house.asterisk('a');
    await house.relay(asterisk, { px: true });
    const [leaving, staying] = [await worker(house), await worker(house)];
    await leaving.on('StasisStart', ({ channel }) => channel.answer()).ready;
    await expect.poll(() => [leaving, staying].map((fleet) => fleet.node('a').client.state)).toEqual(['open', 'open']);
    const first = asterisk.call({ to: 'stasis-ivr' });
    await first.answered();
    await staying.on('StasisStart', ({ channel }) => channel.answer()).ready;
    const drained = leaving.drain({ timeoutMs: 10_000 });
    const others = Array.from({ length: 10 }, (_, index) => asterisk.call({ to: 'stasis-ivr', from: `20${index}` }));
    await Promise.all(others.map((phone) => phone.answered()));
    expect(staying.calls + leaving.calls).toBe(11);
    [first, ...others].forEach((phone) => phone.hangup());
    expect(await drained).toBe(0);
  });
});
