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
  onTransferRequested,
  play,
  Queue,
  recordMessage,
  saveRecording,
  supervise,
  unhold,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** What a flow does to its end, who does his part, and the requests that this takes. */
interface Row {
  readonly flow: string;
  run(floor: Floor): Promise<unknown>;
  /** What anybody would have to send for it. */
  readonly needs: readonly string[];
  /** What the flow sends besides: two at most. */
  readonly beyond?: readonly string[];
}

const newBridge = ['POST /bridges/*', 'POST /bridges/*/addChannel', 'DELETE /bridges/*'];

/** A telephone that answers at once. */
function answering(floor: Floor, name: string): string {
  floor.asterisk.phone(name).manner = 'answer';
  return `PJSIP/${name}`;
}

async function requested(floor: Floor, request: string, times = 1): Promise<void> {
  await expect.poll(() => floor.requests.filter((each) => each === request)).toHaveLength(times);
}

/** Records until `#`. */
async function record(floor: Floor, options: object): Promise<unknown> {
  const begun = floor.client.waitFor('RecordingStarted');
  const result = recordMessage(floor.caller().channel, { name: 'message', beep: false, ...options });
  await begun;
  floor.caller().phone.press('#');
  return result;
}

/** A caller who talks to an agent, in a bridge of the test's own. */
async function talking(floor: Floor) {
  const bridge = await floor.keepBridge(0, 1);
  floor.forget();
  const [transferee, transferrer] = [floor.caller(0).channel, floor.caller(1).channel];
  return { transferee, transferrer, bridge, targets: answering(floor, 'bob'), app: 'flow' };
}

const rows: readonly Row[] = [
  {
    flow: 'play, twice',
    run: (floor) => play(floor.caller().channel, { media: ['sound:short', 'sound:again'], times: 2 }),
    needs: ['POST /channels/*/play', 'POST /channels/*/play'],
  },
  {
    flow: 'gather, whose prompt a digit stops',
    async run(floor) {
      const result = gather(floor.caller().channel, { prompt: 'sound:short', length: 2 });
      await floor.caller().phone.hears('sound:short');
      floor.caller().phone.press('12');
      await result;
    },
    needs: ['POST /channels/*/play', 'DELETE /playbacks/*'],
  },
  {
    flow: 'gather without a prompt, where nothing is typed',
    run: (floor) => gather(floor.caller().channel, { firstDigitMs: 10 }),
    needs: [],
    // No other request could have told that the caller had hung up before.
    beyond: ['GET /channels/*'],
  },
  {
    flow: 'menu, asked again',
    async run(floor) {
      const result = menu(floor.caller().channel, {
        prompt: 'sound:short',
        choices: { 1: () => 1 },
        invalidPrompt: 'sound:again',
      });
      await floor.caller().phone.hears('sound:short');
      floor.caller().phone.press('9');
      await floor.caller().phone.hears('sound:again');
      floor.caller().phone.press('1');
      await result;
    },
    needs: ['POST /channels/*/play', 'DELETE /playbacks/*', 'POST /channels/*/play', 'DELETE /playbacks/*'],
  },
  {
    flow: 'recordMessage with a beep and a review',
    async run(floor) {
      const result = record(floor, { beep: true, review: { prompt: 'sound:long' } });
      await floor.caller().phone.hears('sound:long');
      floor.caller().phone.press('3');
      await result;
    },
    needs: ['POST /channels/*/play', 'POST /channels/*/record', 'POST /channels/*/play', 'DELETE /playbacks/*'],
  },
  {
    flow: 'recordMessage by another channel',
    run: (floor) => record(floor, { snoop: { app: 'flow' } }),
    needs: [
      'POST /channels/*/snoop/*',
      'POST /channels/*/record',
      'POST /recordings/live/message/stop',
      'DELETE /channels/*',
    ],
  },
  {
    flow: 'recordMessage of a channel that was dialled and is refused',
    async run(floor) {
      await floor.dialCaller();
      await record(floor, { client: floor.client });
    },
    needs: [...newBridge, 'POST /channels/*/record'],
    // It is refused at first, and might be in a bridge.
    beyond: ['GET /bridges', 'POST /channels/*/record'],
  },
  {
    flow: 'saveRecording in place of another, and discardRecording',
    async run(floor) {
      for (const name of ['message', 'kept']) {
        await record(floor, { name });
      }
      floor.forget();
      await saveRecording(floor.client, { name: 'message' }, 'kept', { ifExists: 'overwrite' });
      await discardRecording(floor.client, { name: 'kept' });
    },
    needs: [
      'DELETE /recordings/stored/kept',
      'POST /recordings/stored/message/copy',
      'DELETE /recordings/stored/message',
      'DELETE /recordings/stored/kept',
    ],
    // That the name is taken is known from the refusal.
    beyond: ['POST /recordings/stored/message/copy'],
  },
  {
    flow: 'dial, two at once',
    async run(floor) {
      const targets = [[floor.asterisk.phone('bob').endpoint, answering(floor, 'ann')]];
      await dial(floor.client, { targets, app: 'flow', caller: floor.caller().channel });
    },
    needs: [
      'POST /channels/*/ring',
      'POST /channels/*',
      'POST /channels/*',
      'POST /channels/*/answer',
      'DELETE /channels/*',
    ],
    beyond: ['DELETE /channels/*/ring'],
  },
  {
    flow: 'dial with early media',
    async run(floor) {
      const caller = floor.caller().channel;
      const options = { targets: answering(floor, 'ann'), app: 'flow', caller, ringback: 'earlyMedia' } as const;
      const { bridge } = await dial(floor.client, options);
      await bridge?.destroy();
    },
    needs: [
      ...newBridge,
      // To create it.
      'POST /channels/*',
      'POST /bridges/*/addChannel',
      'POST /channels/*/dial',
      'POST /channels/*/answer',
    ],
    // Ringing that the bridge has passed on would sound on after it.
    beyond: ['DELETE /channels/*/ring'],
  },
  {
    flow: 'connect, until one hangs up',
    async run(floor) {
      const result = connect(floor.client, { channels: [floor.caller(0).channel, floor.caller(1).channel] });
      await requested(floor, 'POST /bridges/*/addChannel');
      floor.caller(0).phone.hangup();
      await result;
    },
    needs: [...newBridge, 'DELETE /channels/*'],
  },
  {
    flow: 'hold and unhold',
    async run(floor) {
      await hold(floor.caller().channel);
      await unhold(floor.caller().channel);
    },
    needs: ['POST /channels/*/mute', 'POST /channels/*/moh', 'DELETE /channels/*/moh', 'DELETE /channels/*/mute'],
  },
  {
    flow: 'blindTransfer',
    run: async (floor) => blindTransfer(floor.client, await talking(floor)),
    needs: [
      'POST /bridges/*/removeChannel',
      'POST /bridges/*/removeChannel',
      'DELETE /channels/*',
      'POST /channels/*/ring',
      'POST /channels/*',
      'POST /channels/*/answer',
    ],
    beyond: ['DELETE /channels/*/ring'],
  },
  {
    flow: 'attendedTransfer',
    async run(floor) {
      const decide = async (): Promise<boolean> => {
        await requested(floor, 'POST /bridges/*/addChannel');
        return true;
      };
      await attendedTransfer(floor.client, { ...(await talking(floor)), decide });
    },
    needs: [
      'POST /bridges/*/removeChannel',
      'POST /bridges/*/removeChannel',
      'POST /channels/*/moh',
      'POST /channels/*/ring',
      'POST /channels/*',
      ...newBridge,
      'DELETE /channels/*/moh',
      'DELETE /channels/*',
    ],
    // The transferrer is answered already, as each caller of `dial` might not be.
    beyond: ['POST /channels/*/answer', 'DELETE /channels/*/ring'],
  },
  {
    flow: 'onTransferRequested',
    async run(floor) {
      const { channel, phone } = floor.caller();
      await channel.setChannelVar({ variable: 'PJSIP_TRANSFER_HANDLING()', value: 'ari-only' });
      await floor.keepBridge(0, 1);
      floor.forget();
      using _ = onTransferRequested(floor.client, (request) => request.accept());
      phone.transfer('600');
      await phone.transferEnds();
    },
    needs: ['POST /channels/*/transfer_progress'],
  },
  {
    flow: 'detectTalking',
    async run(floor) {
      const talks = detectTalking(floor.caller().channel);
      const first = talks.next();
      await requested(floor, 'POST /channels/*/variable');
      floor.caller().phone.talk();
      await first;
      await talks.return('aborted');
    },
    needs: ['POST /channels/*/variable', 'POST /channels/*/variable'],
  },
  {
    flow: 'Conference of a guest who waits and a moderator, with sounds and talking',
    async run(floor) {
      const options = { waitForModerator: true, endWithModerator: true, detectTalking: true };
      const conference = new Conference(floor.client, options);
      const guest = conference.join(floor.caller(0).channel);
      await requested(floor, 'POST /channels/*/moh');
      const moderator = conference.join(floor.caller(1).channel, { moderator: true });
      await requested(floor, 'POST /bridges/*/play', 2);
      await conference.end();
      await Promise.all([guest, moderator]);
    },
    needs: [
      'POST /channels/*/moh',
      'DELETE /channels/*/moh',
      ...newBridge,
      'POST /bridges/*/addChannel',
      ...Array<string>(4).fill('POST /channels/*/variable'),
      'POST /bridges/*/play',
      'POST /bridges/*/play',
    ],
    // Whoever is out of it is out of the bridge when `join` resolves, though others are not.
    beyond: ['POST /bridges/*/removeChannel', 'POST /bridges/*/removeChannel'],
  },
  {
    flow: 'Queue, whose agent answers',
    async run(floor) {
      const queue = new Queue(floor.client, { app: 'flow', announce: false });
      queue.addAgent(answering(floor, 'ann'));
      const result = queue.enter(floor.caller().channel);
      await requested(floor, 'POST /bridges/*/addChannel', 2);
      floor.caller().phone.hangup();
      await result;
    },
    needs: [...newBridge, 'POST /channels/*', 'POST /channels/*/answer', ...newBridge, 'DELETE /channels/*'],
  },
  {
    flow: 'supervise: listen, coach, barge',
    async run(floor) {
      await floor.keepBridge(0, 1);
      floor.forget();
      const [channel, , supervisor] = floor.callers.map((caller) => caller.channel);
      const controller = new AbortController();
      const parties = { supervisor: supervisor!, channel: channel!, signal: controller.signal };
      const result = supervise(floor.client, { ...parties, app: 'flow' });
      await result.switchTo('listen');
      await result.switchTo('coach');
      await result.switchTo('barge');
      controller.abort();
      await result;
    },
    needs: [
      'POST /channels/*/snoop/*',
      ...newBridge,
      'DELETE /channels/*',
      'POST /channels/*/snoop/*',
      ...newBridge,
      'DELETE /channels/*',
      'GET /bridges',
      'POST /bridges/*/addChannel',
      'POST /bridges/*/removeChannel',
    ],
  },
];

/** What is in the first list and not, or not as often, in the second. */
function without(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((each) => {
    const at = left.indexOf(each);
    left.splice(at, at < 0 ? 0 : 1);
    return at < 0;
  });
}

describe('the requests of a flow', () => {
  it.each(rows)('are those that it needs, and two more at most: $flow', async ({ run, needs, beyond = [] }) => {
    await using floor = await Floor.begin(3);
    await run(floor);
    const sent = floor.requestsOnce;
    expect(without(needs, sent)).toEqual([]);
    expect(without(sent, needs).toSorted()).toEqual(beyond.toSorted());
    expect(beyond.length).toBeLessThanOrEqual(2);
  });
});
