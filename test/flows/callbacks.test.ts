import { AriValidationError, type Channel } from 'asterisk-ari';
import { attendedTransfer, dial, gather, menu, Queue } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** What an application may give in place of a callback that does what it should. */
type Callback = () => never;

/** Runs a flow to the call of its callback. */
type Run = (floor: Floor, callback: Callback) => Promise<unknown>;

const app = 'flow';

function answering(floor: Floor): string {
  const ann = floor.asterisk.phone('ann');
  ann.manner = 'answer';
  return ann.endpoint;
}

function enter(floor: Floor, options: object): Promise<unknown> {
  const queue = new Queue(floor.client, { app, ...options });
  queue.addAgent(answering(floor));
  return queue.enter(floor.caller().channel);
}

/** The caller presses a digit as soon as he is asked. */
function pressing(floor: Floor, flow: Promise<unknown>): Promise<unknown> {
  floor.caller().phone.press('1');
  return flow;
}

/** Those whose return value matters, and what they are to return. */
const judging: Record<string, { readonly run: Run; readonly told: RegExp }> = {
  'match of gather': {
    run: (floor, match) => pressing(floor, gather(floor.caller().channel, { match })),
    told: /^gather: match must return incomplete, acceptable, complete, invalid, not /,
  },
  'confirm of dial': {
    run: (floor, confirm) =>
      dial(floor.client, { targets: answering(floor), app, caller: floor.caller().channel, confirm }),
    told: /^dial: confirm must return true or false, not /,
  },
  'confirm of a queue': {
    run: (floor, confirm) => enter(floor, { confirm }),
    told: /^dial: confirm must return true or false, not /,
  },
  'announce of a queue': {
    run: (floor, announce) => enter(floor, { announce }),
    told: /^Queue: option 'announce' must be a media URI such as 'sound:hello-world', or a list of them, not /,
  },
  'decide of an attended transfer': {
    run: (floor, decide) => {
      const [transferee, transferrer] = floor.callers.map(({ channel }) => channel) as [Channel, Channel];
      return attendedTransfer(floor.client, { transferee, transferrer, targets: answering(floor), app, decide });
    },
    told: /^attendedTransfer: decide must return true or false, not /,
  },
};

/** Those whose return value is the application's own. */
const acting: Record<string, Run> = {
  'a choice of menu': (floor, chosen) => pressing(floor, menu(floor.caller().channel, { choices: { 1: chosen } })),
  'otherwise of menu': (floor, otherwise) =>
    menu(floor.caller().channel, { choices: { 1: () => 1 }, firstDigitMs: 20, tries: 1, otherwise }),
  'onConnected of a queue': async (floor, onConnected) => {
    const entered = floor.client.waitFor('ChannelEnteredBridge', {
      where: ({ bridge }) => bridge.bridge_type === 'mixing' && bridge.channels.length === 2,
    });
    const result = enter(floor, { announce: false, onConnected });
    result.catch(() => undefined);
    await entered;
    floor.asterisk.phone('ann').hangup();
    return result;
  },
};

const failures: Record<string, Callback> = {
  'that throws': () => {
    throw new RangeError('not today');
  },
  'that throws what is no error': () => {
    // eslint-disable-next-line no-throw-literal
    throw 'not today' as unknown as Error;
  },
};

const rejection = (): never => Promise.reject(new RangeError('not today')) as never;

describe.each(Object.entries(judging))('%s', (name, { run, told }) => {
  const isAtOnce = name.startsWith('match') || name.startsWith('announce');
  const wrong: readonly unknown[] = [
    null,
    0,
    7,
    'yes',
    {},
    [],
    () => true,
    Symbol('yes'),
    ...(name.startsWith('announce') ? [] : [undefined]),
  ];

  it.each(wrong)(
    'that returns %s fails the flow with an error that says what is allowed, and nothing is left',
    async (value) => {
      await using floor = await Floor.begin(2);
      const result = run(floor, () => value as never);
      await expect(result).rejects.toThrow(told);
      await expect(result).rejects.toThrow(AriValidationError);
      await floor.expectNothingLeft();
    },
  );

  it.each(Object.entries(failures))('%s fails the flow with that, and nothing is left', async (_how, callback) => {
    await using floor = await Floor.begin(2);
    await expect(run(floor, callback)).rejects.toSatisfy((error) => String(error).includes('not today'));
    await floor.expectNothingLeft();
  });

  it('that returns a promise which fails ends the flow, and nothing is left', async () => {
    await using floor = await Floor.begin(2);
    await expect(run(floor, rejection)).rejects.toThrow(isAtOnce ? /not a promise|not an object/i : 'not today');
    await floor.expectNothingLeft();
  });
});

describe.each(Object.entries(acting))('%s', (_name, run) => {
  const all = { ...failures, 'that returns a promise which fails': rejection };

  it.each(Object.entries(all))('%s fails the flow with that, and nothing is left', async (_how, callback) => {
    await using floor = await Floor.begin(2);
    await expect(run(floor, callback)).rejects.toSatisfy((error) => String(error).includes('not today'));
    await floor.expectNothingLeft();
  });
});
