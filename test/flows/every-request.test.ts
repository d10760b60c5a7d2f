import { AriError } from 'asterisk-ari';
import {
  Conference,
  detectTalking,
  gather,
  menu,
  play,
  Queue,
  recordMessage,
  supervise,
  type RecordMessageOptions,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { endAfterEachRequest, Floor } from './support/floor.js';

type Flow = (floor: Floor, signal: AbortSignal) => Promise<unknown>;

const steps: Record<string, Flow> = {
  play: ({ callers }, signal) => play(callers[0]!.channel, { media: 'sound:short', times: 2, signal }),
  gather: ({ callers }, signal) =>
    gather(callers[0]!.channel, { prompt: 'sound:short', firstDigitMs: 20, tries: 2, signal }),
  menu: ({ callers }, signal) =>
    menu(callers[0]!.channel, { prompt: 'sound:short', choices: { 1: () => 1 }, firstDigitMs: 20, tries: 2, signal }),
  recordMessage: (floor, signal) => record(floor, { name: 'message', signal }),
  'recordMessage with a review': (floor, signal) =>
    record(floor, { name: 'message', review: { prompt: 'sound:short' }, signal }),
};

/** The caller has said enough as soon as it is recorded, and keeps it, asked or not. */
function record(floor: Floor, options: RecordMessageOptions): Promise<unknown> {
  const { channel, phone } = floor.caller();
  const press = (digit: string): unknown => phone.state === 'talking' && phone.press(digit);
  floor.client.once('RecordingStarted', () => press('#'));
  floor.client.once('RecordingFinished', () => setTimeout(press, 150, '3'));
  return recordMessage(channel, options);
}

/** They go on until somebody ends them. */
const rooms: Record<string, Flow> = {
  detectTalking: async ({ callers }, signal) => {
    for await (const talk of detectTalking(callers[0]!.channel, { signal })) {
      expect(talk).toBeDefined();
    }
  },
  Conference: (floor, signal) => {
    const conference = new Conference(floor.client, { waitForModerator: true, detectTalking: true });
    return settled([
      conference.join(floor.caller(0).channel, { muted: true, signal }),
      conference.join(floor.caller(1).channel, { moderator: true, signal }),
    ]);
  },
  Queue: (floor, signal) => {
    const queue = new Queue(floor.client, { app: 'flow', announce: () => 'sound:short' });
    floor.asterisk.phone('ann').manner = 'answer';
    queue.addAgent('PJSIP/ann');
    return queue.enter(floor.caller().channel, { signal });
  },
  supervise: async (floor, signal) => {
    const [channel, , supervisor] = floor.callers.map((caller) => caller.channel);
    const parties = { supervisor: supervisor!, channel: channel!, app: 'flow', signal };
    const result = supervise(floor.client, { ...parties, mode: 'coach' });
    await settled([result.switchTo('listen')]);
    return result;
  },
};

/** All of them have ended; the first failure, if there was one, is that of all. */
async function settled(promises: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    throw failed.reason;
  }
}

/** Where a request is refused or its answer is lost, the flow fails with that. */
function mayFail(flow: Flow): Flow {
  return (floor, signal) => flow(floor, signal).catch((error: unknown) => expect(error).toBeInstanceOf(AriError));
}

/** Once it is back, it goes on, and is aborted. */
function lose(floor: Floor, controller: AbortController): void {
  floor.client.once('gap', () => controller.abort());
  floor.asterisk.faults.dropSocket();
}

const ends = {
  'it is aborted': (_floor: Floor, controller: AbortController) => controller.abort(),
  'the caller hangs up': (floor: Floor) => floor.caller().phone.hangup(),
  'the event connection is lost': lose,
  'the next one is refused': (floor: Floor) => floor.asterisk.faults.next().fail(503),
};

describe.each(Object.entries(steps))('%s leaves nothing', (_name, flow) => {
  it.each(Object.entries(ends))('when after any request %s', async (_how, end) => {
    const count = await endAfterEachRequest(() => Floor.begin(1), mayFail(flow), end);
    expect(count).toBeGreaterThanOrEqual(2);
  });
});

describe.each(Object.entries(rooms))('%s leaves nothing', (_name, flow) => {
  const begin = async (): Promise<Floor> => {
    const floor = await Floor.begin(3);
    await floor.keepBridge(0, 1);
    floor.forget();
    return floor;
  };

  it('when after any request the event connection is lost, and it is aborted once it is back', async () => {
    expect(await endAfterEachRequest(begin, mayFail(flow), lose)).toBeGreaterThanOrEqual(1);
  });
});
