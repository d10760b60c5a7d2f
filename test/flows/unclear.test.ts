import type { Channel } from 'asterisk-ari';
import {
  attendedTransfer,
  Conference,
  connect,
  detectTalking,
  dial,
  gather,
  menu,
  play,
  Queue,
  recordMessage,
  supervise,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** A flow on the first caller, who hangs up unheard; the second one stays. */
interface Case {
  /** How many requests it has had carried out, but for questions, when it comes to wait. */
  readonly sent: number;
  readonly run: (floor: Floor, signal: AbortSignal) => Promise<unknown>;
}

const recording = { name: 'message', beep: false, maxSilenceSeconds: 0 } as const;

const flows: Readonly<Record<string, Case>> = {
  play: {
    sent: 1,
    run: async (floor, signal) => (await play(caller(floor), { media: 'sound:long', signal })).outcome,
  },
  'play, in the pause between two times': {
    sent: 1,
    run: async (floor, signal) => {
      floor.client.once('PlaybackStarted', () => floor.asterisk.clock.advance(500));
      return (await play(caller(floor), { media: 'sound:short', times: 2, pauseMs: 60_000, signal })).outcome;
    },
  },
  'gather, in its prompt': {
    sent: 1,
    run: async (floor, signal) =>
      (await gather(caller(floor), { prompt: 'sound:long', firstDigitMs: 50, signal })).reason,
  },
  'gather, without a prompt': {
    sent: 0,
    run: async (floor, signal) => (await gather(caller(floor), { firstDigitMs: 0, signal })).reason,
  },
  menu: {
    sent: 1,
    run: async (floor, signal) => {
      const options = { prompt: 'sound:long', choices: { 1: () => 1 }, firstDigitMs: 50, tries: 1, signal };
      return (await menu(caller(floor), options)).reason;
    },
  },
  recordMessage: {
    sent: 1,
    run: async (floor, signal) => (await recordMessage(caller(floor), { ...recording, signal })).reason,
  },
  'recordMessage of a bridge': {
    sent: 3,
    run: async (floor, signal) => {
      const bridge = await floor.keepBridge(0);
      return (await recordMessage(caller(floor), { ...recording, bridge, signal })).reason;
    },
  },
  'recordMessage through a snoop': {
    sent: 2,
    run: async (floor, signal) =>
      (await recordMessage(caller(floor), { ...recording, snoop: { app: 'flow' }, signal })).reason,
  },
  detectTalking: {
    sent: 1,
    run: async (floor, signal) => (await detectTalking(caller(floor), { signal })[Symbol.asyncIterator]().next()).value,
  },
  'dial with early media': {
    sent: 5,
    run: async (floor, signal) => {
      floor.asterisk.phone('ann');
      const options = { targets: 'PJSIP/ann', app: 'flow', caller: caller(floor), ringback: 'earlyMedia' } as const;
      return (await dial(floor.client, { ...options, signal })).reason;
    },
  },
  attendedTransfer: {
    sent: 3,
    run: async (floor, signal) => {
      floor.asterisk.phone('ann');
      const parties = { transferee: caller(floor), transferrer: caller(floor, 1) };
      const options = { ...parties, targets: 'PJSIP/ann', app: 'flow', signal };
      return (await attendedTransfer(floor.client, options)).outcome;
    },
  },
  connect: {
    sent: 2,
    run: async (floor, signal) => {
      const channels = [caller(floor), caller(floor, 1)] as const;
      return (await connect(floor.client, { channels, hangup: 'none', signal })).reason;
    },
  },
  Conference: {
    sent: 2,
    run: async (floor, signal) =>
      (await new Conference(floor.client, { joinSound: false }).join(caller(floor), { signal })).reason,
  },
  Queue: {
    sent: 2,
    run: async (floor, signal) =>
      (await new Queue(floor.client, { app: 'flow', announce: false }).enter(caller(floor), { signal })).reason,
  },
  'supervise to listen': {
    sent: 3,
    run: async (floor, signal) => {
      const parties = { channel: caller(floor), supervisor: caller(floor, 1) };
      return (await supervise(floor.client, { mode: 'listen', ...parties, app: 'flow', signal })).reason;
    },
  },
  'supervise to barge': {
    sent: 3,
    run: async (floor, signal) => {
      await floor.keepBridge(0);
      const parties = { channel: caller(floor), supervisor: caller(floor, 1) };
      return (await supervise(floor.client, { mode: 'barge', ...parties, signal })).reason;
    },
  },
};

function caller(floor: Floor, index = 0): Channel {
  return floor.caller(index).channel;
}

async function begin(): Promise<Floor> {
  const floor = await Floor.begin(2);
  floor.asterisk.clock.autoAdvance = false;
  return floor;
}

/** The flow has come to wait; then the caller hangs up while the event connection is lost. */
async function hangUpUnheard(floor: Floor, { sent }: Case, times: number): Promise<void> {
  const { asterisk, client } = floor;
  const done = (): number =>
    asterisk.journal.requestsTo({ method: 'POST' }).filter(({ status }) => status > 0 && status < 300).length;
  await expect.poll(done).toBe(floor.callers.length + sent);
  // What was sent before is answered before.
  await client.bridges.list();
  asterisk.faults
    .next({ method: 'GET', path: `/channels/${caller(floor).id}` })
    .times(times)
    .fail(500);
  asterisk.faults.dropSocket();
  floor.caller().phone.hangup();
}

/** All flows at once, each on a floor of its own. */
async function ofEach(check: (flow: Case, name: string) => Promise<void>): Promise<void> {
  await Promise.all(Object.entries(flows).map(([name, flow]) => check(flow, name)));
}

describe('A flow whose caller hangs up while nothing is heard', { timeout: 30_000 }, () => {
  it.each([1, 2, 3, 5])('ends with that once Asterisk says so, asked %i times in vain', (times) =>
    ofEach(async (flow, name) => {
      await using floor = await begin();
      const outcome = flow.run(floor, new AbortController().signal);
      outcome.catch(() => undefined);
      await hangUpUnheard(floor, flow, times);
      expect(await outcome, name).toBe('hangup');
      const path = `/channels/${caller(floor).id}`;
      const answers = floor.asterisk.journal.requestsTo({ method: 'GET', path }).map(({ status }) => status);
      expect(answers, name).toContain(500);
      floor.caller(1).phone.hangup();
      await floor.expectNothingLeft();
    }),
  );

  it('is ended by the signal as long as Asterisk does not say so', () =>
    ofEach(async (flow, name) => {
      await using floor = await begin();
      const abort = new AbortController();
      const outcome = flow.run(floor, abort.signal);
      outcome.catch(() => undefined);
      const gap = floor.client.waitFor('gap');
      await hangUpUnheard(floor, flow, 1_000);
      await gap;
      abort.abort();
      expect(await outcome, name).toBe('aborted');
    }));

  it('does not end by a time that is up before Asterisk says so', async () => {
    await using floor = await begin();
    const { asterisk } = floor;
    const result = gather(caller(floor), { firstDigitMs: 0, interDigitMs: 1_000 });
    const heard = caller(floor).waitFor('ChannelDtmfReceived');
    floor.caller().phone.press('1');
    await heard;
    asterisk.faults
      .next({ method: 'GET', path: `/channels/${caller(floor).id}` })
      .times(1_000)
      .fail(500);
    const gap = floor.client.waitFor('gap');
    asterisk.faults.dropSocket();
    floor.caller().phone.hangup();
    await gap;
    const settled = Promise.race([result, new Promise((resolve) => setTimeout(resolve, 1_200, 'it asks still'))]);
    expect(await settled).toBe('it asks still');
    asterisk.faults.clear();
    expect(await result).toMatchObject({ reason: 'hangup', digits: '1' });
  });
});
