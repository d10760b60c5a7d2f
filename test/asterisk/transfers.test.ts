import { connect as connectClient, type AriClient, type Channel, type ChannelHandle } from 'asterisk-ari';
import { attendedTransfer, blindTransfer, connect, dial, hold, onTransferRequested, unhold } from 'asterisk-ari/flows';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../conformance/expectations.js';
import { SipPhone, type SipCall } from '../support/sip-phone.js';
import { realAsterisk, sipAddressOf } from './real.js';

const asterisk = realAsterisk('22');
const patience = { timeoutMs: 5_000 };
let client: AriClient;
let app: string;
/** A SIP phone that has called the application, and somebody whom it talks to. */
let phone: SipPhone;
let line: SipCall;
let channel: Channel;
let party: ChannelHandle;
let count = 0;
/** Conversations, which end when their channels have. */
const running: Promise<unknown>[] = [];

beforeEach(async () => {
  const { url, username, password } = asterisk();
  client = await connectClient(url, username, password);
  count += 1;
  app = `transfers-${process.pid}-${count}`;
  await client.start(app);
  phone = await SipPhone.open(await sipAddressOf(asterisk()));
  [channel, line] = await arrive();
  party = (await dial(client, { targets: 'PJSIP/wait@loop', app })).channel!;
});

afterEach(async () => {
  for (const id of (await client.applications.get({ applicationName: app })).channel_ids) {
    await client.channels.hangup({ channelId: id }).catch(() => undefined);
  }
  await Promise.all(running.splice(0));
  await phone[Symbol.asyncDispose]();
  await client.close();
});

/** The phone calls the application, which has its transfers left to itself. */
async function arrive(): Promise<[Channel, SipCall]> {
  const entered = client.waitFor('StasisStart', patience);
  const calling = phone.call(`stasis-${app}`);
  const { channel: arrived } = await entered;
  await arrived.setChannelVar({ variable: 'PJSIP_TRANSFER_HANDLING()', value: 'ari-only' });
  await arrived.answer();
  return [arrived, await calling];
}

/** Both are in a bridge of `connect`. */
async function talking() {
  const where = ({ bridge }: { readonly bridge: { readonly channels: readonly string[] } }): boolean =>
    bridge.channels.length === 2;
  const bridged = client.bridges.waitFor('ChannelEnteredBridge', { ...patience, where });
  const conversation = connect(client, { channels: [channel, party] });
  running.push(conversation);
  return { conversation, bridge: (await bridged).bridge };
}

/** These channels are left in the application, and no bridge. */
async function expectLeft(...channels: readonly { readonly id: string }[]): Promise<void> {
  await eventually(async () => (await client.applications.get({ applicationName: app })).bridge_ids).toEqual([]);
  for (const each of channels) {
    expect((await client.channels.get({ channelId: each.id })).state).toBe('Up');
  }
}

describe('transfers by the application', () => {
  it('blind: the transferrer is hung up, and the target connected with who is left', async () => {
    const { conversation, bridge } = await talking();
    const { reason, channel: target } = await blindTransfer(client, {
      transferee: party,
      transferrer: channel,
      bridge,
      targets: ['PJSIP/busy@loop', 'PJSIP/wait@loop'],
      app,
    });
    expect(reason).toBe('answered');
    expect(await conversation).toMatchObject({ reason: 'left', by: 'second' });
    await eventually(() => line.isOver).toBe(true);
    await expectLeft(party, target!);
  });

  it.each(['transferred', 'returned', 'hangup'] as const)('attended: %s', async (wanted) => {
    const { conversation, bridge } = await talking();
    const consultation = client.bridges.waitFor('ChannelEnteredBridge', {
      ...patience,
      where: (event) => event.bridge.id !== bridge.id && event.bridge.channels.length === 2,
    });
    const transfer = attendedTransfer(client, {
      transferee: party,
      transferrer: channel,
      bridge,
      targets: 'PJSIP/wait@loop',
      app,
    });
    await conversation;
    const { bridge: second } = await consultation;
    const target = client.channels.handle(second.channels.find((id) => id !== channel.id));
    const leaving = { transferred: () => line.hangup(), returned: () => target.hangup(), hangup: () => party.hangup() };
    await leaving[wanted]();
    const { outcome, channel: handed } = await transfer;
    expect([outcome, handed?.id]).toEqual([wanted, wanted === 'transferred' ? target.id : undefined]);
    const left = { transferred: [party, target], returned: [party, channel], hangup: [channel] };
    await expectLeft(...left[wanted]);
  });
});

describe('hold', () => {
  it('plays music to the party and takes it back', async () => {
    await talking();
    expect(await hold(party, { musicClass: 'default' })).toEqual({ outcome: 'held' });
    expect(await unhold(party)).toEqual({ outcome: 'unheld' });
  });
});

describe('transfers that a phone asks for', () => {
  it.each(['recorded', 'played to'] as const)('say whom, where the bridge is %s', async (how) => {
    const { bridge } = await talking();
    await (how === 'recorded'
      ? bridge.record({ name: app, format: 'wav' })
      : bridge.play({ media: 'sound:tt-monkeys' }));
    const asked = client.waitFor('ChannelTransfer', patience);
    const transferees: (string | undefined)[] = [];
    const requests = onTransferRequested(client, (request) => {
      transferees.push(request.transferee?.id);
      return request.decline();
    });
    await line.refer('wait');
    expect((await asked).referred_by.connected_channel).toBeUndefined();
    await eventually(() => transferees).toEqual([party.id]);
    requests.close();
  });

  it('are done, blind, and the phone is told so', async () => {
    const { conversation } = await talking();
    const requests = onTransferRequested(client, async (request) => {
      expect([request.kind, request.destination]).toEqual(['blind', 'wait']);
      const { transferrer, transferee, bridge, signal } = request;
      await request.progress();
      const { reason } = await blindTransfer(client, {
        transferrer,
        transferee: transferee!,
        ...(bridge && { bridge }),
        targets: `PJSIP/${request.destination}@loop`,
        app,
        release: 'never',
        signal,
      });
      await (reason === 'answered' ? request.accept() : request.unavailable());
      await transferrer.hangup();
    });
    expect(await line.refer('wait')).toBe('202 Accepted');
    expect((await conversation).reason).toBe('left');
    await eventually(() => line.isOver).toBe(true);
    expect(line.notified).toEqual(['100 Trying', '200 OK, terminated']);
    await expectLeft(party);
    requests.close();
  });

  it('are attended: the party of the first call is connected with that of the second', async () => {
    const { conversation } = await talking();
    const [secondChannel, secondLine] = await arrive();
    const target = (await dial(client, { targets: 'PJSIP/wait@loop', app })).channel!;
    const bridged = target.waitFor('ChannelEnteredBridge', patience);
    const consultation = connect(client, { channels: [secondChannel, target], hangup: 'none' });
    await bridged;
    let result: Promise<unknown> | undefined;
    onTransferRequested(client, async (request) => {
      expect(request.kind).toBe('attended');
      expect(request.second?.channel.id).toBe(secondChannel.id);
      result = connect(client, { channels: [request.transferee!, request.second!.party!] });
      running.push(result);
      await request.accept();
    });
    await line.refer(secondLine);
    expect((await conversation).reason).toBe('left');
    expect((await consultation).reason).toBe('left');
    await eventually(() => line.notified.at(-1)).toBe('200 OK, terminated');
    await party.hangup();
    expect(await result).toMatchObject({ reason: 'hangup', by: 'first' });
  });

  it.each([
    ['nothing', '603 Decline, terminated', () => undefined],
    ['an error', '503 Service Unavailable, terminated', () => Promise.reject(new Error('not today'))],
    ['no answer in time', '503 Service Unavailable, terminated', () => new Promise(() => undefined)],
  ])('end in time where the listener gives %s', async (_what, notice, listener) => {
    await talking();
    client.on('listenerError', () => undefined);
    onTransferRequested(client, listener, { answerWithinMs: 200 });
    await line.refer('600');
    await eventually(() => line.notified).toEqual(['100 Trying', notice]);
    expect(line.isOver).toBe(false);
  });
});

describe('early media', () => {
  it.each([
    ['earlyMedia', '180 Ringing'],
    ['ring', '180 Ringing'],
  ] as const)('with ringback %s, a caller who is not answered is told %s', async (ringback, status) => {
    const entered = client.waitFor('StasisStart', patience);
    const calling = phone.call(`stasis-${app}`);
    const { channel: caller } = await entered;
    const { reason } = await dial(client, {
      targets: { endpoint: 'PJSIP/ring@loop', ringSeconds: 1 },
      app,
      caller,
      ringback,
    });
    expect(reason).toBe('unanswered');
    await caller.answer();
    expect((await calling).provisional).toContain(status);
  });
});
