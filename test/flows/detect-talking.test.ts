import { AriValidationError } from 'asterisk-ari';
import { detectTalking, type DetectTalkingOptions } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { endAfterEachRequest, Floor } from './support/floor.js';

/** All that is told; its end as well. */
async function readAll(talks: ReturnType<typeof detectTalking>): Promise<unknown[]> {
  const read: unknown[] = [];
  for (;;) {
    const { done, value } = await talks.next();
    read.push(value);
    if (done) {
      return read;
    }
  }
}

/** Begins to detect; resolves when Asterisk does. */
async function detecting(floor: Floor, options: DetectTalkingOptions = {}) {
  const result = readAll(detectTalking(floor.caller().channel, options));
  await expect.poll(() => floor.requests.length).toBe(1);
  return { result };
}

describe('detectTalking', () => {
  it('tells when somebody talks and for how long, and that the caller has hung up', async () => {
    await using floor = await Floor.begin();
    const { result } = await detecting(floor, { silenceMs: 800, energy: 100 });
    const { phone } = floor.caller();
    phone.talk().talk(700).talk().hangup();
    const talk = [{ type: 'start' }, { type: 'stop', durationMs: 700 }, { type: 'start' }];
    expect(await result).toEqual([...talk, 'hangup']);
    expect(floor.asterisk.journal.requestsTo({ path: '/channels/*/variable' })).toMatchObject([
      { body: { variable: 'TALK_DETECT(set)', value: '800,100' } },
    ]);
    await floor.expectNothingLeft();
  });

  it('hears real audio: a sound begins it, silence ends it', async () => {
    await using floor = await Floor.begin();
    const { result } = await detecting(floor, { silenceMs: 100 });
    const [sound, silence] = [Buffer.alloc(8_000, 0x20), Buffer.alloc(8_000)];
    await floor.caller().phone.speak(Buffer.concat([silence, sound, silence]), 'slin');
    floor.caller().phone.hangup();
    expect(await result).toEqual([{ type: 'start' }, { type: 'stop', durationMs: 480 }, 'hangup']);
  });

  it('is over with its loop, and nothing is detected any more', async () => {
    await using floor = await Floor.begin();
    const { channel, phone } = floor.caller();
    setTimeout(() => phone.talk(), 50);
    for await (const talk of detectTalking(channel)) {
      expect(talk).toEqual({ type: 'start' });
      break;
    }
    expect(floor.requests).toEqual(['POST /channels/*/variable', 'POST /channels/*/variable']);
    phone.talk(100);
    expect(floor.asterisk.journal.eventsOf('ChannelTalkingFinished')).toEqual([]);
    await floor.expectNothingLeft();
  });

  it('does nothing before somebody reads it, or after an abort', async () => {
    await using floor = await Floor.begin();
    const talks = detectTalking(floor.caller().channel, { signal: AbortSignal.abort() });
    expect(await readAll(talks)).toEqual(['aborted']);
    detectTalking(floor.caller().channel);
    expect(floor.requests).toEqual([]);
    await floor.expectNothingLeft();
  });

  it('survives a connection that is lost, and learns that the caller has gone meanwhile', async () => {
    await using floor = await Floor.begin();
    const { result } = await detecting(floor);
    await floor.asterisk.faults.refuse();
    floor.caller().phone.hangup();
    await floor.asterisk.faults.accept();
    expect(await result).toEqual(['hangup']);
    await floor.expectNothingLeft();
  });

  it.each([
    ['aborted', (_floor: Floor, controller: AbortController) => controller.abort()],
    ['hung up', (floor: Floor) => floor.caller().phone.hangup()],
  ])('leaves nothing when it is %s after any request', async (_how, end) => {
    const run = (floor: Floor, signal: AbortSignal) => readAll(detectTalking(floor.caller().channel, { signal }));
    expect(await endAfterEachRequest(() => Floor.begin(), run, end)).toBe(1);
  });

  it.each([
    [{ silenceMs: 0 }, /option 'silenceMs' must be a whole number, at least 1, not 0/],
    [{ energy: 'low' }, /option 'energy' must be a whole number, at least 1, not "low"/],
    [null, /detectTalking: options must be an object with silenceMs, energy, signal, not null/],
    [{ silence: 1 }, /option 'silence' does not exist; allowed are silenceMs, energy, signal/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using floor = await Floor.begin();
    const wrong = (): unknown => detectTalking(floor.caller().channel, options as unknown as DetectTalkingOptions);
    expect(wrong).toThrow(AriValidationError);
    expect(wrong).toThrow(message);
    expect(floor.requests).toEqual([]);
  });
});
