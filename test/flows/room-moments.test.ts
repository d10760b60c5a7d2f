import { Conference, detectTalking, Queue, recordMessage, supervise } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Floor } from './support/floor.js';

/** Each with whatever makes requests; the supervisor is the third. */
const flows = {
  detectTalking: async (floor: Floor, signal: AbortSignal) => {
    for await (const talk of detectTalking(floor.caller().channel, { signal })) {
      expect(talk).toBeDefined();
    }
  },
  Conference: (floor: Floor, signal: AbortSignal) => {
    const conference = new Conference(floor.client, { waitForModerator: true, detectTalking: true });
    return Promise.all([
      conference.join(floor.caller(0).channel, { muted: true, signal }),
      conference.join(floor.caller(1).channel, { moderator: true, signal }),
    ]);
  },
  Queue: (floor: Floor, signal: AbortSignal) => {
    const queue = new Queue(floor.client, { app: 'flow' });
    floor.asterisk.phone('ann').manner = 'answer';
    queue.addAgent('PJSIP/ann');
    return queue.enter(floor.caller().channel, { signal });
  },
  coach: (floor: Floor, signal: AbortSignal) => {
    const [channel, , supervisor] = floor.callers.map((caller) => caller.channel);
    return supervise(floor.client, { supervisor: supervisor!, channel: channel!, mode: 'coach', app: 'flow', signal });
  },
  snoop: (floor: Floor, signal: AbortSignal) =>
    recordMessage(floor.caller().channel, { name: 'message', snoop: { app: 'flow' }, signal }),
};

/** The moments of a call: after so many turns of the event loop since the flow began. */
const moments = Array.from({ length: 10 }, (_, turns) => turns * 4);

describe.each(Object.entries(flows))('%s', (_name, flow) => {
  it.each(moments.flatMap((turns) => (['aborted', 'hung up'] as const).map((how) => [how, turns] as const)))(
    'leaves nothing when it is %s after %i turns',
    async (how, turns) => {
      await using floor = await Floor.begin(3);
      const controller = new AbortController();
      const result = flow(floor, controller.signal);
      for (let each = 0; each < turns; each += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (how === 'aborted') {
        controller.abort();
      } else {
        for (const { phone } of floor.callers) {
          phone.hangup();
        }
      }
      await result;
      await floor.expectNothingLeft();
    },
  );
});
