import { AriValidationError } from 'asterisk-ari';
import { recordMessage, type RecordMessageOptions } from 'asterisk-ari/flows';
import { describe, expect, it, vi } from 'vitest';
import { Call } from './support/call.js';

/** Records; resolves when it has begun. */
async function recording(call: Call, options: Partial<RecordMessageOptions> = {}) {
  const begun = call.client.waitFor('RecordingStarted');
  const result = recordMessage(call.channel, { name: 'message', beep: false, ...options });
  await begun;
  return { result };
}

describe('recordMessage', () => {
  it('ends by a digit', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call);
    call.asterisk.advance(2_000);
    call.caller.press('1#');
    expect(await result).toMatchObject({
      name: 'message',
      reason: 'terminator',
      digits: '1',
      terminator: '#',
      stored: true,
    });
    expect(call.requests).toEqual(['POST record']);
    expect((await call.client.recordings.listStored()).map(({ name }) => name)).toEqual(['message']);
    await call.expectNothingLeft();
  });

  it('ends when it is long enough', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call, { maxDurationSeconds: 3, maxSilenceSeconds: 0 });
    call.asterisk.advance(3_000);
    expect(await result).toMatchObject({ reason: 'maxDuration', duration: 3, stored: true });
    await call.expectNothingLeft();
  });

  it('ends after silence', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call, { maxSilenceSeconds: 2 });
    call.asterisk.advance(5_000);
    expect(await result).toMatchObject({ reason: 'silence', stored: true });
    await call.expectNothingLeft();
  });

  it('is stored when the caller hangs up', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call);
    call.asterisk.advance(1_000);
    call.caller.hangup();
    expect(await result).toMatchObject({ reason: 'hangup', stored: true });
    await call.expectNothingLeft();
  });

  it.each([
    [undefined, false],
    [false, true],
  ])('is aborted by a signal, and with discardOnAbort %s stored: %s', async (discardOnAbort, stored) => {
    await using call = await Call.slow();
    const controller = new AbortController();
    const { result } = await recording(call, { signal: controller.signal, discardOnAbort });
    controller.abort();
    expect(await result).toMatchObject({ reason: 'aborted', stored });
    expect(await call.client.recordings.listStored()).toHaveLength(stored ? 1 : 0);
    await call.expectNothingLeft();
  });

  it('says that somebody else has stopped it', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call);
    await call.client.recordings.stop({ recordingName: 'message' });
    expect(await result).toMatchObject({ reason: 'stopped', stored: true });
    await call.expectNothingLeft();
  });

  it.each(['hangup', 'aborted'])('tells of %s where Asterisk says that it is over already', async (reason) => {
    await using call = await Call.slow();
    const controller = new AbortController();
    const { result } = await recording(call, { signal: controller.signal });
    call.asterisk.faults.next({ path: '/recordings/live/*' }).fail(409, 'Recording not in session');
    call.asterisk.faults.next({ path: '/recordings/live/*/stop' }).fail(409, 'Recording not in session');
    if (reason === 'hangup') {
      call.caller.hangup();
    } else {
      controller.abort();
    }
    expect((await result).reason).toBe(reason);
  });

  it('says that the channel has sent no audio, where nobody has stopped it', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call);
    const now = performance.now.bind(performance);
    // Asterisk ends it as if somebody had, but for the time it took.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 4_000);
    try {
      await call.client.recordings.stop({ recordingName: 'message' });
      expect(await result).toMatchObject({ reason: 'noAudio', duration: 0, stored: true });
    } finally {
      clock.mockRestore();
    }
    await call.expectNothingLeft();
  });

  it('fails with the answer of Asterisk where the name is taken, and leaves nothing', async () => {
    await using call = await Call.slow();
    const { result } = await recording(call, { maxDurationSeconds: 1 });
    call.asterisk.advance(1_000);
    await result;
    await expect(recordMessage(call.channel, { name: 'message', beep: false })).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await call.expectNothingLeft();
  });

  it.each([
    [{}, /option 'name' is missing; must be a text/],
    [{ name: 'a', maxDurationSeconds: -1 }, /option 'maxDurationSeconds' must be a whole number, at least 0, not -1/],
    [{ name: 'a', ifExists: 'ask' }, /option 'ifExists' must be fail or overwrite or append, not "ask"/],
    [{ name: 'a', terminateOn: '5' }, /option 'terminateOn' must be none or any or \* or #, not "5"/],
    [undefined, /recordMessage: options must be an object with name, format, .*, not undefined/],
    [null, /recordMessage: options must be an object with name, format, .*, not null/],
    [{ name: '../x' }, /option 'name' must not lead out of its folder, not "..\/x"/],
    [{ name: 'a\0' }, /option 'name' must be a text without control characters/],
    [{ name: '.' }, /option 'name' must be the name of a file, not "."/],
    [{ name: 'a', maxDurationSeconds: 1e10 }, /option 'maxDurationSeconds' must be at most 2147483, not 10000000000/],
    [{ name: 'a', terminateOn: null }, /option 'terminateOn' must be none or any or \* or #, not null/],
    [{ name: 'a', maxDuration: 1 }, /option 'maxDuration' does not exist; allowed are name, format/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using call = await Call.begin();
    const refusal = recordMessage(call.channel, options as RecordMessageOptions);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    expect(call.requests).toEqual([]);
    expect(call.channel.listeners).toBe(0);
  });
});
