import { AriValidationError, connect } from 'asterisk-ari';
import { DigitBuffer, gather, type GatherOptions } from 'asterisk-ari/flows';
import { startAsterisk } from 'asterisk-ari/testing';
import { describe, expect, it } from 'vitest';
import { Call } from './support/call.js';

describe('gather', () => {
  it.each<[string, GatherOptions, object]>([
    ['12#', {}, { digits: '12', reason: 'terminator', terminator: '#' }],
    ['#', {}, { digits: '', reason: 'terminator', terminator: '#' }],
    ['#', { minDigits: 1 }, { digits: '', reason: 'invalid', terminator: '#' }],
    ['1234', { length: 4 }, { digits: '1234', reason: 'length' }],
    ['12345', { maxDigits: 3 }, { digits: '123', reason: 'length' }],
    ['1*2#', { validDigits: '12' }, { digits: '12', reason: 'terminator' }],
    ['12', { interDigitMs: 30 }, { digits: '12', reason: 'interDigitTimeout' }],
    ['12', { interDigitMs: 30, minDigits: 3 }, { digits: '12', reason: 'invalid' }],
    ['', { firstDigitMs: 30 }, { digits: '', reason: 'firstDigitTimeout' }],
    ['12', { overallMs: 30 }, { digits: '12', reason: 'overallTimeout' }],
    ['12', { match: ['12', '13'] }, { digits: '12', reason: 'match' }],
    ['29', { match: ['12', '13'] }, { digits: '29', reason: 'invalid' }],
    ['1234', { match: ['4711', '0815'] }, { digits: '1234', reason: 'invalid' }],
    ['12', { match: ['4711'], interDigitMs: 30 }, { digits: '12', reason: 'invalid' }],
    ['9', { match: ['1', '22'] }, { digits: '9', reason: 'invalid' }],
    ['1', { match: ['1', '12'], interDigitMs: 30 }, { digits: '1', reason: 'interDigitTimeout' }],
    ['19', { match: (digits) => (digits.length < 2 ? 'incomplete' : 'complete') }, { digits: '19', reason: 'match' }],
    ['1#', { match: ['12'] }, { digits: '1', reason: 'invalid', terminator: '#' }],
  ])('takes "%s" as %o says', async (typed, options, expected) => {
    await using call = await Call.slow();
    const result = gather(call.channel, options);
    call.caller.press(typed);
    expect(await result).toMatchObject({ ...expected, tries: 1, interrupted: false });
    expect(call.requests).toEqual('firstDigitMs' in options ? [`GET ${call.channel.id}`] : []);
    await call.expectNothingLeft();
  });

  it('plays nothing after a number that is read while a digit comes', async () => {
    await using call = await Call.slow();
    const result = gather(call.channel, { prompt: ['sound:short', 'number:12', 'sound:long'], length: 1 });
    await call.caller.hears('sound:short');
    call.asterisk.advance(500);
    await call.caller.hears('number:12');
    call.caller.press('5');
    await expect.poll(() => call.requests).toContain('DELETE playbacks');
    call.asterisk.advance(5_000);
    expect(await result).toMatchObject({ digits: '5', reason: 'length', interrupted: true });
    expect(call.caller.playing).toEqual([]);
    await call.expectNothingLeft();
  });

  it('knows of a caller who hung up before, though it plays nothing', async () => {
    await using call = await Call.slow();
    const ended = call.channel.waitFor('StasisEnd');
    call.caller.hangup();
    await ended;
    expect(await gather(call.channel, { firstDigitMs: 30 })).toMatchObject({ reason: 'hangup' });
  });

  it('refuses digits that are kept of another channel, by nobody any more, or for somebody else', async () => {
    await using call = await Call.begin();
    const [closed, taken] = [new DigitBuffer(call.channel), new DigitBuffer(call.channel)];
    closed.close();
    const first = gather(call.channel, { typeAhead: taken, length: 1 });
    const buffers = [new DigitBuffer(call.client.channels.handle('another')), closed, taken];
    const messages = [/must be of the channel .*, not of/, /must not be closed/, /must not be given to two at a time/];
    for (const [index, typeAhead] of buffers.entries()) {
      await expect(gather(call.channel, { typeAhead })).rejects.toThrow(messages[index]);
    }
    call.caller.press('1');
    expect(await first).toMatchObject({ digits: '1' });
    buffers.forEach((buffer) => buffer.close());
    expect(() => new DigitBuffer(null as never)).toThrow(AriValidationError);
  });

  it('stops its prompt at the first digit, which counts', async () => {
    await using call = await Call.slow();
    const result = gather(call.channel, { prompt: 'sound:long', length: 2 });
    await call.caller.hears('sound:long');
    call.caller.press('42');
    expect(await result).toEqual({ digits: '42', reason: 'length', tries: 1, interrupted: true });
    expect(call.requests).toEqual(['POST play', 'DELETE playbacks']);
    await call.expectNothingLeft();
  });

  it('ignores digits during the prompt that are not to interrupt it', async () => {
    await using call = await Call.slow();
    const result = gather(call.channel, { prompt: 'sound:long', length: 2, interruptDigits: '9' });
    await call.caller.hears('sound:long');
    call.caller.press('1291');
    expect(await result).toMatchObject({ digits: '91', interrupted: true });
    await call.expectNothingLeft();
  });

  it('counts the time for the first digit from the end of the prompt', async () => {
    await using call = await Call.slow();
    const begin = performance.now();
    const result = gather(call.channel, { prompt: 'sound:long', firstDigitMs: 60 });
    await call.caller.hears('sound:long');
    await new Promise((resolve) => setTimeout(resolve, 100));
    call.asterisk.advance(60_000);
    expect(await result).toMatchObject({ reason: 'firstDigitTimeout', interrupted: false });
    expect(performance.now() - begin).toBeGreaterThan(155);
    await call.expectNothingLeft();
  });

  it('asks again, with what was wrong before the prompt', async () => {
    await using call = await Call.begin();
    const result = gather(call.channel, {
      prompt: 'sound:short',
      invalidPrompt: 'sound:again',
      noInputPrompt: ['sound:hello-world'],
      firstDigitMs: 60,
      match: ['1'],
      tries: 3,
    });
    await call.caller.hears('sound:hello-world');
    await call.caller.hears('sound:short');
    call.caller.press('99');
    await call.caller.hears('sound:again');
    call.caller.press('1');
    expect(await result).toMatchObject({ digits: '1', reason: 'match', tries: 3 });
    await call.expectNothingLeft();
  });

  it('goes on when a prompt cannot be played, and names it', async () => {
    await using call = await Call.begin();
    const result = gather(call.channel, { prompt: 'sound:no-such-sound', length: 1 });
    await call.client.waitFor('PlaybackFinished');
    call.caller.press('1');
    expect(await result).toMatchObject({ digits: '1', interrupted: false, failedMedia: 'sound:no-such-sound' });
    await call.expectNothingLeft();
  });

  it('takes what was typed ahead and leaves the prompt out; what is left over is for the next one', async () => {
    await using call = await Call.slow();
    const typeAhead = new DigitBuffer(call.channel);
    call.caller.press('12345');
    await expect.poll(() => typeAhead.digits).toBe('12345');
    expect(await gather(call.channel, { prompt: 'sound:long', length: 2, typeAhead })).toMatchObject({ digits: '12' });
    expect(await gather(call.channel, { prompt: 'sound:long', length: 2, typeAhead })).toMatchObject({ digits: '34' });
    expect(call.requests).toEqual([]);
    expect(typeAhead.flush()).toBe('5');
    expect(await gather(call.channel, { firstDigitMs: 20, typeAhead })).toMatchObject({ reason: 'firstDigitTimeout' });
    typeAhead.close();
    await call.expectNothingLeft();
  });

  it('counts a # of habit for nothing where entries are of fixed length', async () => {
    await using call = await Call.begin();
    using typeAhead = new DigitBuffer(call.channel);
    const options = { length: 3, terminators: '', validDigits: '0123456789', typeAhead } as const;
    call.caller.press('100#432#');
    await expect.poll(() => typeAhead.digits).toBe('100#432#');
    expect(await gather(call.channel, options)).toMatchObject({ digits: '100', reason: 'length' });
    expect(await gather(call.channel, options)).toMatchObject({ digits: '432', reason: 'length' });
  });

  it('gives digits that were typed before the caller hung up', async () => {
    await using call = await Call.slow();
    const result = gather(call.channel);
    call.caller.press('12');
    call.caller.hangup();
    expect(await result).toMatchObject({ digits: '12', reason: 'hangup' });
    await call.expectNothingLeft();
  });

  it('ends when the channel has gone while the connection was lost', async () => {
    await using call = await Call.slow();
    const result = gather(call.channel, { firstDigitMs: 0 });
    await call.asterisk.faults.refuse();
    call.caller.hangup();
    await call.asterisk.faults.accept();
    expect(await result).toMatchObject({ reason: 'hangup' });
    expect(call.channel.listeners).toBe(0);
  });

  it('fails with what the matcher throws, and leaves nothing', async () => {
    await using call = await Call.slow();
    const match = (): never => {
      throw new Error('of the application');
    };
    const result = gather(call.channel, { prompt: 'sound:long', match });
    const failure = expect(result).rejects.toThrow('of the application');
    await call.caller.hears('sound:long');
    call.caller.press('1');
    await failure;
    await call.expectNothingLeft();
  });

  it('asks once whether the channel is there, before the time is up, where nothing is played or typed', async () => {
    await using call = await Call.begin();
    let isOver = false;
    const result = gather(call.channel, { firstDigitMs: 600, tries: 2 }).finally(() => (isOver = true));
    await expect.poll(() => call.requests).toHaveLength(1);
    expect(isOver).toBe(false);
    expect(await result).toMatchObject({ reason: 'firstDigitTimeout', tries: 2 });
    expect(call.requests).toHaveLength(1);
    expect(call.channel.listeners).toBe(0);
  });

  it.each([
    [{ length: 2, maxDigits: 3 }, /option 'maxDigits' cannot be given together with 'length'/],
    [{ minDigits: 4, maxDigits: 3 }, /option 'maxDigits' must be at least minDigits, which is 4, not 3/],
    [{ match: [] }, /option 'match' must be a list of texts of digits, or a function, not an empty list/],
    [{ match: ['#'] }, /option 'match' has '#', which cannot be typed: # is one of the terminators/],
    [{ match: ['12'], validDigits: '1' }, /option 'match' has '12', which cannot be typed: 2 is no valid digit/],
    [{ match: ['12345'], maxDigits: 3 }, /option 'match' has '12345', whose length is not from 0 to 3/],
    [{ match: ['x'] }, /option 'match' must be a text of digits of 0123456789\*#ABCD, not "x"/],
    [{ terminators: 1 }, /option 'terminators' must be a text of digits/],
    [{ typeAhead: '12' }, /option 'typeAhead' must be a DigitBuffer, not "12"/],
    [{ timeout: 1 }, /option 'timeout' does not exist; allowed are prompt, lang/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using call = await Call.begin();
    const refusal = gather(call.channel, { prompt: 'sound:short', ...options } as unknown as GatherOptions);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    expect(call.requests).toEqual([]);
    expect(call.channel.listeners).toBe(0);
  });
});

it('takes a digit once where two applications get it', async () => {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  await client.start(['one', 'two'], { subscribeAll: true });
  const started = client.waitFor('StasisStart');
  const caller = asterisk.call({ to: 'stasis-one' });
  const { channel } = await started;
  await channel.answer();
  const result = gather(channel, { maxDigits: 3 });
  for (const digit of '112') caller.press(digit);
  expect((await result).digits).toBe('112');
});

describe('gathers at the same time', () => {
  it('end by their own times, 500 of them, none before', async () => {
    await using call = await Call.slow();
    const early = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const firstDigitMs = 200 + (index % 50);
        const begin = performance.now();
        const { reason } = await gather(call.channel, { firstDigitMs });
        // Timers of Node may be a millisecond early.
        return reason !== 'firstDigitTimeout' || performance.now() - begin < firstDigitMs - 1;
      }),
    );
    expect(early.filter(Boolean)).toEqual([]);
    await call.expectNothingLeft();
  });
});
