import { AriAbortError } from 'asterisk-ari';
import {
  attendedTransfer,
  blindTransfer,
  Conference,
  connect,
  detectTalking,
  dial,
  discardRecording,
  gather,
  hold,
  menu,
  play,
  Queue,
  recordMessage,
  saveRecording,
  supervise,
  unhold,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

type Flow = (floor: Floor) => Promise<unknown>;

const media = 'sound:long';
const name = 'message';
const app = 'flow';

/** A caller and an agent, who is not dialled until somebody answers. */
function moving(floor: Floor) {
  const [transferee, transferrer] = [floor.caller(0).channel, floor.caller(1).channel];
  return { transferee, transferrer, targets: floor.asterisk.phone('bob').endpoint, app };
}

function supervising(floor: Floor) {
  return { supervisor: floor.caller(2).channel, channel: floor.caller(1).channel, app };
}

/** They go on until somebody ends them. */
const long: Readonly<Record<string, Flow>> = {
  play: (floor) => play(floor.caller().channel, { media }),
  gather: (floor) => gather(floor.caller().channel, { prompt: media, firstDigitMs: 0 }),
  menu: (floor) => menu(floor.caller().channel, { prompt: media, choices: { 1: () => 1 }, firstDigitMs: 0 }),
  recordMessage: (floor) => recordMessage(floor.caller().channel, { name, review: { prompt: media } }),
  'recordMessage by another channel': (floor) =>
    recordMessage(floor.caller().channel, { name, beep: false, snoop: { app } }),
  dial: (floor) => dial(floor.client, { targets: floor.asterisk.phone('bob').endpoint, app }),
  'dial with early media': (floor) => {
    const caller = floor.caller().channel;
    return dial(floor.client, { targets: floor.asterisk.phone('bob').endpoint, app, caller, ringback: 'earlyMedia' });
  },
  connect: (floor) => connect(floor.client, { channels: [floor.caller(0).channel, floor.caller(1).channel] }),
  blindTransfer: (floor) => blindTransfer(floor.client, moving(floor)),
  attendedTransfer: (floor) => attendedTransfer(floor.client, moving(floor)),
  detectTalking: async (floor) => {
    for await (const talk of detectTalking(floor.caller().channel)) {
      expect(talk).toBeDefined();
    }
  },
  join: (floor) => new Conference(floor.client, { detectTalking: true }).join(floor.caller().channel),
  enter: (floor) => {
    const queue = new Queue(floor.client, { app });
    queue.addAgent(floor.asterisk.phone('bob').endpoint);
    return queue.enter(floor.caller().channel);
  },
  'supervise, to listen': (floor) => supervise(floor.client, supervising(floor)),
  'supervise, to take part': (floor) => supervise(floor.client, { ...supervising(floor), mode: 'barge' }),
};

/** They are over soon. */
const short: Readonly<Record<string, Flow>> = {
  hold: (floor) => hold(floor.caller().channel),
  unhold: (floor) => unhold(floor.caller().channel),
  saveRecording: (floor) => saveRecording(floor.client, { name }, 'kept'),
  discardRecording: (floor) => discardRecording(floor.client, { name }),
};

/** They need that somebody is in the conference. */
const inConference: Readonly<Record<string, (conference: Conference) => Promise<unknown>>> = {
  announce: (conference) => conference.announce({ media }),
  record: (conference) => conference.record({ name }),
};

async function begin(): Promise<Floor> {
  const floor = await Floor.begin(3);
  await floor.keepBridge(0, 1);
  floor.forget();
  floor.asterisk.clock.autoAdvance = false;
  return floor;
}

async function turns(count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Closes the client after so many turns of the event loop. */
async function failure(flow: Flow, after: number): Promise<unknown> {
  await using floor = await begin();
  const outcome = flow(floor).then(
    (value: unknown) => value,
    (error: unknown) => error,
  );
  await turns(after);
  await floor.client.close();
  const error = await outcome;
  await turns(1);
  expect(floor.client.listeners).toBe(0);
  return error;
}

function expectClosed(error: unknown, flow: string): void {
  expect(error).toBeInstanceOf(AriAbortError);
  expect(error).toMatchObject({
    message: `the client was closed during ${flow.split(/[ ,]/)[0]}`,
    delivery: 'outcomeUnknown',
    cause: { message: 'the client was closed' },
  });
}

describe('a client that is closed', { concurrent: true }, () => {
  it.each([0, 5, 40].flatMap((after) => Object.keys(long).map((flow) => [flow, after] as const)))(
    'is what %s fails with, after %i turns',
    async (flow, after) => expectClosed(await failure(long[flow] as Flow, after), flow),
  );

  it.each(Object.entries(short))('is what %s fails with', async (flow, run) =>
    expectClosed(await failure(run, 0), flow),
  );

  it.each(Object.entries(inConference))('is what %s fails with', async (flow, run) => {
    await using floor = await begin();
    const conference = new Conference(floor.client, { joinSound: false });
    const stay = conference.join(floor.caller().channel).catch((error: unknown) => error);
    for await (const { type } of conference.changes()) {
      if (type === 'joined') {
        break;
      }
    }
    const sent = floor.asterisk.journal.requests.length;
    const outcome = run(conference).catch((error: unknown) => error);
    while (floor.asterisk.journal.requests.length === sent) {
      await turns(1);
    }
    await floor.client.close();
    expectClosed(await outcome, flow);
    expectClosed(await stay, 'join');
  });

  it.each(['before', 'after'])('ends the changes of a conference, which were asked for %s that', async (when) => {
    await using floor = await begin();
    const changes = new Conference(floor.client).changes();
    const next = when === 'before' ? changes.next() : undefined;
    await floor.client.close();
    expect(await (next ?? changes.next())).toEqual({ done: true, value: undefined });
    expect(floor.client.listeners).toBe(0);
  });

  it.each(Object.entries({ ...long, ...short }))(
    'is what %s fails with that is called after that',
    async (flow, run) => {
      await using floor = await begin();
      await floor.client.close();
      expectClosed(await run(floor).catch((error: unknown) => error), flow);
    },
  );
});
