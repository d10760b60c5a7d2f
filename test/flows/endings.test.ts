import { gather, menu, play, recordMessage } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Call } from './support/call.js';

const flows = {
  play: (call: Call, signal: AbortSignal) => play(call.channel, { media: 'sound:short', times: 2, signal }),
  gather: (call: Call, signal: AbortSignal) =>
    gather(call.channel, { prompt: 'sound:short', firstDigitMs: 20, tries: 2, signal }),
  menu: (call: Call, signal: AbortSignal) =>
    menu(call.channel, { prompt: 'sound:short', choices: { 1: () => 1 }, firstDigitMs: 20, tries: 2, signal }),
  recordMessage: (call: Call, signal: AbortSignal) => recordMessage(call.channel, { name: 'message', signal }),
};

/** The moments of a call: after so many turns of the event loop since the flow began. */
const moments = Array.from({ length: 12 }, (_, turns) => turns * 3);

async function turn(count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe.each(Object.entries(flows))('%s', (_name, flow) => {
  it.each(moments)('leaves nothing when it is aborted after %i turns', async (turns) => {
    await using call = await Call.begin();
    const controller = new AbortController();
    const result = flow(call, controller.signal);
    await turn(turns);
    controller.abort();
    expect(await result).toBeTypeOf('object');
    await call.expectNothingLeft();
  });

  it.each(moments)('leaves nothing when the caller hangs up after %i turns', async (turns) => {
    await using call = await Call.begin();
    const result = flow(call, new AbortController().signal);
    await turn(turns);
    call.caller.hangup();
    expect(await result).toBeTypeOf('object');
    await call.expectNothingLeft();
  });
});
