import { AriValidationError } from 'asterisk-ari';
import { play, recorded, say, tone, type PlayOptions } from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { Call } from './support/call.js';

describe('play', () => {
  it('stopped while a number is read, which nothing stops, stops the sound that follows', async () => {
    await using call = await Call.begin();
    const result = play(call.channel, { media: ['digits:12', 'sound:long'], stopDigits: '5' });
    await call.caller.hears('digits:12');
    call.caller.press('5');
    expect(await result).toMatchObject({ outcome: 'stopped', stoppedBy: '5' });
    await call.expectNothingLeft();
  });

  it('stopped while a number is read after a sound, plays nothing of what comes then', async () => {
    await using call = await Call.slow();
    const controller = new AbortController();
    const media = ['sound:short', 'number:12', 'sound:long', 'sound:again'];
    const result = play(call.channel, { media, signal: controller.signal });
    await call.caller.hears('sound:short');
    call.asterisk.advance(500);
    await call.caller.hears('number:12');
    let isOver = false;
    void result.then(() => (isOver = true));
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(isOver).toBe(false);
    call.asterisk.advance(5_000);
    expect(await result).toMatchObject({ outcome: 'aborted' });
    expect(call.caller.playing).toEqual([]);
    expect(call.caller.heard).not.toContain('sound:again');
    await call.expectNothingLeft();
  });

  it('does not wait for another playback that its own one has not begun behind', async () => {
    await using call = await Call.slow();
    const controller = new AbortController();
    const other = await call.client.channels.handle(call.channel.id).play({ media: 'sound:long' });
    const result = play(call.channel, { media: ['sound:short', 'number:12'], signal: controller.signal });
    await expect.poll(() => call.requests).toEqual(['POST play', 'POST play']);
    controller.abort();
    expect(await result).toMatchObject({ outcome: 'aborted' });
    expect(call.caller.playing).toEqual(['sound:long']);
    await other.stop();
    await call.expectNothingLeft();
  });

  it('stops a playback though the answer was lost that it has begun', async () => {
    await using call = await Call.slow();
    const controller = new AbortController();
    call.asterisk.faults.next({ method: 'POST', path: '/channels/*/play' }).dropAnswer();
    const result = play(call.channel, { media: 'sound:long', signal: controller.signal });
    await call.caller.hears('sound:long');
    controller.abort();
    expect(await result).toMatchObject({ outcome: 'aborted' });
    await expect.poll(() => call.caller.playing).toEqual([]);
  });

  it('waits until everything has been heard, as one playback', async () => {
    await using call = await Call.begin();
    const result = await play(call.channel, { media: ['sound:hello-world', say(42)], lang: 'en' });
    expect(result).toEqual({ outcome: 'finished', times: 1 });
    expect(call.caller.heard).toEqual(['sound:hello-world', 'number:42']);
    expect(call.requests).toEqual(['POST play']);
    await call.expectNothingLeft();
  });

  it.each([[['recording:gone']], [['sound:hello-world', 'recording:gone']]])(
    'tells of a stored recording that is not there, of which Asterisk tells no end: %s',
    async (media) => {
      await using call = await Call.begin();
      const result = await play(call.channel, { media });
      expect(result).toEqual({ outcome: 'failed', failedMedia: 'recording:gone', times: 0 });
      expect(call.channel.listeners).toBe(0);
    },
  );

  it('repeats after a pause', async () => {
    await using call = await Call.begin();
    const begin = performance.now();
    expect(await play(call.channel, { media: 'sound:short', times: 3, pauseMs: 30 })).toEqual({
      outcome: 'finished',
      times: 3,
    });
    expect(performance.now() - begin).toBeGreaterThanOrEqual(58);
    expect(call.requests).toEqual(['POST play', 'POST play', 'POST play']);
    await call.expectNothingLeft();
  });

  it('is stopped by the digits that stop it, and by no other', async () => {
    await using call = await Call.slow();
    const result = play(call.channel, { media: 'sound:long', stopDigits: '*#' });
    await call.caller.hears('sound:long');
    call.caller.press('12#');
    expect(await result).toEqual({ outcome: 'stopped', stoppedBy: '#', times: 0 });
    expect(call.requests).toEqual(['POST play', 'DELETE playbacks']);
    await call.expectNothingLeft();
  });

  it('is stopped by talking', async () => {
    await using call = await Call.slow();
    await call.channel.setChannelVar({ variable: 'TALK_DETECT(set)', value: '' });
    const result = play(call.channel, { media: 'sound:long', stopOnTalking: true });
    await call.caller.hears('sound:long');
    call.caller.talk();
    expect(await result).toEqual({ outcome: 'stopped', stoppedBy: 'talking', times: 0 });
    await call.expectNothingLeft();
  });

  it('is stopped in a pause as well', async () => {
    await using call = await Call.begin();
    const result = play(call.channel, { media: 'sound:short', times: 2, pauseMs: 60_000, stopDigits: '1' });
    await call.client.waitFor('PlaybackFinished');
    call.caller.press('1');
    expect(await result).toEqual({ outcome: 'stopped', stoppedBy: '1', times: 1 });
    await call.expectNothingLeft();
  });

  it('names the medium that cannot be played', async () => {
    await using call = await Call.begin();
    expect(await play(call.channel, { media: 'sound:no-such-sound' })).toEqual({
      outcome: 'failed',
      failedMedia: 'sound:no-such-sound',
      times: 0,
    });
    await call.expectNothingLeft();
  });

  it('says that the caller has hung up', async () => {
    await using call = await Call.slow();
    const result = play(call.channel, { media: 'sound:long' });
    await call.caller.hears('sound:long');
    call.caller.hangup();
    expect((await result).outcome).toBe('hangup');
    await call.expectNothingLeft();
    expect((await play(call.channel, { media: 'sound:long' })).outcome).toBe('hangup');
    expect(call.channel.listeners).toBe(0);
  });

  it('says so of a channel that the application hangs up', async () => {
    await using call = await Call.slow();
    const result = play(call.channel, { media: 'sound:long' });
    await call.caller.hears('sound:long');
    await call.channel.hangup();
    expect((await result).outcome).toBe('hangup');
    await call.expectNothingLeft();
  });

  it('sends nothing once the signal has aborted', async () => {
    await using call = await Call.slow();
    expect(await play(call.channel, { media: 'sound:long', signal: AbortSignal.abort() })).toEqual({
      outcome: 'aborted',
      times: 0,
    });
    expect(call.requests).toEqual([]);
    await call.expectNothingLeft();
  });

  it('survives that the connection is lost; what has ended meanwhile has been heard', async () => {
    await using call = await Call.slow();
    const result = play(call.channel, { media: 'sound:long' });
    await call.caller.hears('sound:long');
    await call.asterisk.faults.refuse();
    call.asterisk.advance(61_000);
    await call.asterisk.faults.accept();
    expect(await result).toEqual({ outcome: 'finished', times: 1 });
    expect(call.channel.listeners).toBe(0);
  });

  it('fails when the client is closed', async () => {
    await using call = await Call.slow();
    const result = play(call.channel, { media: 'sound:long' });
    await call.caller.hears('sound:long');
    const failure = expect(result).rejects.toMatchObject({ name: 'AriAbortError' });
    await call.client.close();
    await failure;
    expect(call.channel.listeners).toBe(0);
  });

  it.each([
    [{}, /option 'media' is missing; must be a media URI/],
    [{ media: [] }, /option 'media' must be a media URI .* not an empty list/],
    [{ media: 'hello' }, /option 'media' must be a media URI .* not "hello"/],
    [{ media: 'sound:a', times: 0 }, /option 'times' must be a whole number, at least 1, not 0/],
    [{ media: 'sound:a', stopDigits: 'x' }, /option 'stopDigits' must be a text of digits/],
    [{ media: 'sound:a', stopdigits: '1' }, /option 'stopdigits' does not exist; allowed are media, lang/],
    [{ media: 'sound:a', signal: 1 }, /option 'signal' must be an AbortSignal, not 1/],
  ])('refuses %o before anything is sent', async (options, message) => {
    await using call = await Call.begin();
    const refusal = play(call.channel, options as unknown as PlayOptions);
    await expect(refusal).rejects.toThrow(AriValidationError);
    await expect(refusal).rejects.toThrow(message);
    expect(call.requests).toEqual([]);
    expect(call.channel.listeners).toBe(0);
  });
});

describe('say', () => {
  it.each([
    [say(42), 'number:42'],
    [say(-7n), 'number:-7'],
    [say('0123', 'digits'), 'digits:0123'],
    [say('AB1'), 'characters:AB1'],
  ])('makes %s', (uri, expected) => {
    expect(uri).toBe(expected);
  });

  it('refuses what cannot be read so', () => {
    expect(() => say(1.5)).toThrow(/must be a whole number to be read as number, not 1.5/);
    expect(() => say('a', 'digits')).toThrow(/not "a"/);
    expect(() => say('')).toThrow(AriValidationError);
    expect(() => say(1, 'date' as 'number')).toThrow(/option 'as' must be number or digits or characters/);
  });
});

describe('tone and recorded', () => {
  it('are media URIs of a tone and of a recording', async () => {
    expect([tone('ring'), tone('busy', 'fr'), tone('440+480/2000,0/4000')]).toEqual([
      'tone:ring',
      'tone:busy;tonezone=fr',
      'tone:440+480/2000,0/4000',
    ]);
    expect([recorded('a/b'), recorded({ name: 'c' })]).toEqual(['recording:a/b', 'recording:c']);
    await using call = await Call.begin();
    const result = play(call.channel, { media: tone('ring', 'fr'), stopDigits: '#' });
    await call.caller.hears('tone:ring;tonezone=fr');
    call.caller.press('#');
    expect(await result).toMatchObject({ outcome: 'stopped' });
  });

  it('refuse what is neither', () => {
    expect(() => tone('a b')).toThrow(/^tone: name must be the name of a tone, or its sounds/);
    for (const sounds of ['440/', '440,', '440+', '440//1', ',440', '440+480*2'])
      expect(() => tone(sounds), sounds).toThrow(/^tone: name must be/);
    for (const sounds of ['440', '!440', '440+480/2000,0/4000', '!950/330,!1400/330,0', '425*25/500'])
      expect(tone(sounds)).toBe(`tone:${sounds}`);
    expect(() => tone('ring', '1')).toThrow(/^tone: zone must be a zone/);
    expect(() => recorded('')).toThrow(/^recorded: recording must be a recording or its name, not ""/);
    expect(() => recorded(' ')).toThrow(/^recorded: recording must be a recording or its name, not " "/);
    expect(() => recorded({} as { name: string })).toThrow(AriValidationError);
  });
});
