import { AriError, type Channel } from 'asterisk-ari';
import { attendedTransfer, blindTransfer, connect, dial, gather, type DialOptions } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Switchboard } from './support/switchboard.js';

/** What is left of a flow, and is somebody else's then. */
interface Left {
  readonly channel?: { readonly id: string } | undefined;
  readonly bridge?: { destroy(): Promise<void> } | undefined;
}

/** The caller, and an agent whose phone is alice's where the flow begins with one. */
type Flow = (board: Switchboard, signal: AbortSignal, agent: Channel) => Promise<Left>;

const confirm: DialOptions<Parameters<typeof gather>[0]>['confirm'] = async ({ channel, signal }) =>
  (await gather(channel, { prompt: 'sound:short', firstDigitMs: 10, signal })).reason === 'firstDigitTimeout';

/** Alice answers, bob rings. */
function dialing(options: Partial<DialOptions<Parameters<typeof gather>[0]>>): Flow {
  return (board, signal) => {
    board.alice.manner = 'answer';
    const targets = options.ringback === 'earlyMedia' ? 'PJSIP/alice' : [['PJSIP/bob', 'PJSIP/alice']];
    return dial(board.client, {
      targets,
      app: 'flow',
      caller: board.channel,
      signal,
      timeoutMs: 700,
      ...options,
    });
  };
}

const flows: Record<string, Flow> = {
  dial: dialing({}),
  'dial with music and confirmation': dialing({ ringback: { moh: 'default' }, confirm }),
  'dial with media and confirmation': dialing({ ringback: { media: 'sound:short' }, confirm }),
  'dial with early media': dialing({ ringback: 'earlyMedia' }),
  'dial with early media and confirmation': dialing({ ringback: 'earlyMedia', confirm }),
  connect: async (board, signal, agent) => {
    const warnings = [{ beforeMs: 40, media: 'sound:short' }];
    const channels = [board.channel, agent] as const;
    const { reason } = await connect(board.client, { channels, limitMs: 50, warnings, hangup: 'second', signal });
    return reason === 'aborted' ? { channel: agent } : {};
  },
  blindTransfer: (board, signal, agent) => {
    board.bob.manner = 'answer';
    const call = { transferee: board.channel, transferrer: agent };
    return blindTransfer(board.client, { ...call, targets: 'PJSIP/bob', app: 'flow', release: 'onAnswer', signal });
  },
  attendedTransfer: (board, signal, agent) => {
    board.bob.manner = 'answer';
    const decide = async (): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return true;
    };
    const call = { transferee: board.channel, transferrer: agent };
    return attendedTransfer(board.client, { ...call, targets: 'PJSIP/bob', app: 'flow', decide, signal });
  },
};

/** More than any of them sends. */
const counts = Array.from({ length: 11 }, (_, count) => count);

/** Resolves when so many requests have been sent, or all is over. */
async function sent(board: Switchboard, count: number, over: Promise<unknown>): Promise<void> {
  const state = { isOver: false };
  const settle = (): void => void (state.isOver = true);
  over.then(settle, settle);
  while (!state.isOver && board.requests.length < count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function hasAgent(flow: Flow): boolean {
  return [flows['connect'], flows['blindTransfer'], flows['attendedTransfer']].includes(flow);
}

/** Runs the flow until it has sent so many requests, does something, and waits for the flow's end. */
async function interrupt(
  board: Switchboard,
  flow: Flow,
  count: number,
  act: (controller: AbortController) => void,
): Promise<Left> {
  const controller = new AbortController();
  const agent = hasAgent(flow) ? await board.inCall(board.alice) : board.channel;
  const running = flow(board, controller.signal, agent);
  await sent(board, count, running);
  act(controller);
  const left = await running;
  board.asterisk.faults.clear();
  await left.bridge?.destroy();
  return left;
}

describe.each(Object.entries(flows))('%s', (_name, flow) => {
  it.each(counts)('leaves nothing when it is aborted after %i requests', async (count) => {
    await using board = await Switchboard.open();
    const { channel } = await interrupt(board, flow, count, (controller) => controller.abort());
    await board.expectAtMost(board.channel, ...(channel ? [channel] : []));
  });

  it.each(counts)('leaves nothing when the caller hangs up after %i requests', async (count) => {
    await using board = await Switchboard.open();
    const { channel } = await interrupt(board, flow, count, () => board.caller.hangup());
    await board.expectAtMost(...(channel ? [channel] : []));
  });

  it.each(counts)('leaves nothing when the request after %i others fails', async (count) => {
    await using board = await Switchboard.open();
    const { channel } = await interrupt(board, flow, count, () => board.asterisk.faults.next().fail(503)).catch(failed);
    await board.expectAtMost(board.channel, ...(channel ? [channel] : []));
  });

  it.each(counts)('leaves nothing when the event connection is lost after %i requests', async (count) => {
    await using board = await Switchboard.open();
    const { channel } = await interrupt(board, flow, count, () => board.asterisk.faults.dropSocket()).catch(failed);
    await board.expectAtMost(board.channel, ...(channel ? [channel] : []));
  });
});

/** Where the answer of a request is lost, or is a refusal, the flow fails with that. */
function failed(error: unknown): Left {
  expect(error).toBeInstanceOf(AriError);
  return {};
}
