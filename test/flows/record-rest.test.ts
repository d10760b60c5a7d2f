import { AriValidationError, connect } from 'asterisk-ari';
import {
  DigitBuffer,
  discardRecording,
  gather,
  RecordingControl,
  recordMessage,
  saveRecording,
  type RecordMessageOptions,
} from 'asterisk-ari/flows';
import { describe, expect, it } from 'vitest';
import { endAfterEachRequest, Floor } from './support/floor.js';

/** Time stands still; prompts last until the test lets it pass. */
async function slow(callers = 1): Promise<Floor> {
  const floor = await Floor.begin(callers);
  floor.asterisk.clock.autoAdvance = false;
  return floor;
}

/** Records; resolves when it has begun. */
async function recording(floor: Floor, options: Partial<RecordMessageOptions> = {}) {
  const begun = floor.client.waitFor('RecordingStarted');
  const result = recordMessage(floor.caller().channel, { name: 'message', beep: false, ...options });
  await begun;
  return { result };
}

/** The caller and another one are in a bridge. */
async function bridged(floor: Floor) {
  const bridge = await floor.client.bridges.create({ type: 'mixing' });
  await bridge.addChannel({ channel: floor.callers.map(({ channel }) => channel.id) });
  floor.forget();
  return bridge;
}

async function stored(floor: Floor): Promise<string[]> {
  return (await floor.client.recordings.listStored()).map(({ name }) => name);
}

describe('a recording', () => {
  it('is paused and resumed: what is said between is no part of it', async () => {
    await using floor = await slow();
    const control = new RecordingControl();
    expect(await control.pause()).toBe(false);
    const { result } = await recording(floor, { control, maxSilenceSeconds: 0 });
    floor.asterisk.advance(1_000);
    expect(await control.pause()).toBe(true);
    floor.asterisk.advance(5_000);
    expect(await control.resume()).toBe(true);
    floor.asterisk.advance(1_000);
    floor.caller().phone.press('#');
    expect(await result).toMatchObject({ reason: 'terminator', duration: 2 });
    expect(await control.resume()).toBe(false);
    await floor.expectNothingLeft();
  });

  it('is controlled by what controls no other one', async () => {
    await using floor = await slow(2);
    const control = new RecordingControl();
    const { result } = await recording(floor, { control });
    const other = recordMessage(floor.caller(1).channel, { name: 'other', control });
    await expect(other).rejects.toThrow(/option 'control' must be of one recording at a time/);
    await expect(other).rejects.toThrow(AriValidationError);
    expect(floor.requests).toEqual(['POST /channels/*/record']);
    expect(await control.pause()).toBe(true);
    floor.caller().phone.press('#');
    await result;
    const again = await recording(floor, { name: 'again', control });
    floor.caller().phone.press('#');
    expect(await again.result).toMatchObject({ reason: 'terminator' });
    await floor.expectNothingLeft();
  });

  it('begins after its beep, and not at all if it is aborted before that', async () => {
    await using floor = await slow();
    const { channel, phone } = floor.caller();
    const controller = new AbortController();
    const aborted = recordMessage(channel, { name: 'message', signal: controller.signal });
    await phone.hears('sound:beep');
    controller.abort();
    expect(await aborted).toEqual({ name: 'message', reason: 'aborted', digits: '', stored: false });
    expect(floor.requests).toEqual(['POST /channels/*/play', 'DELETE /playbacks/*']);
    const begun = floor.client.waitFor('RecordingStarted');
    const result = recordMessage(channel, { name: 'message' });
    await expect.poll(() => phone.playing).toEqual(['sound:beep']);
    floor.asterisk.advance(2_000);
    await begun;
    phone.press('#');
    expect(await result).toMatchObject({ reason: 'terminator', terminator: '#', stored: true });
    expect(floor.asterisk.journal.requestsTo({ path: '/channels/*/record' })).toMatchObject([
      { body: { beep: false } },
    ]);
    await floor.expectNothingLeft();
  });

  it.each(['none of the buffer', 'a buffer'])('ends by a digit during its beep, empty, with %s', async (which) => {
    await using floor = await slow();
    const { channel, phone } = floor.caller();
    using buffer = new DigitBuffer(channel);
    const typeAhead = which === 'a buffer' ? buffer : undefined;
    phone.press('#');
    await expect.poll(() => buffer.digits).toBe('#');
    const result = recordMessage(channel, { name: 'message', typeAhead });
    await phone.hears('sound:beep');
    phone.press('1#');
    expect(await result).toMatchObject({
      reason: 'terminator',
      digits: '1',
      terminator: '#',
      stored: true,
      duration: 0,
    });
    expect(floor.requests).toEqual([
      'POST /channels/*/play',
      'DELETE /playbacks/*',
      'POST /channels/*/record',
      'POST /recordings/live/message/stop',
    ]);
    buffer.close();
    await floor.expectNothingLeft();
  });

  it('ends by a digit that comes before Asterisk begins to record', async () => {
    await using floor = await slow();
    const { channel, phone } = floor.caller();
    floor.asterisk.faults.next({ path: '/channels/*/record' }).delay(50);
    const result = recordMessage(channel, { name: 'message', beep: false, terminateOn: 'any' });
    await new Promise((resolve) => setImmediate(resolve));
    phone.press('5');
    expect(await result).toMatchObject({ reason: 'terminator', digits: '', terminator: '5', stored: true });
    await floor.expectNothingLeft();
  });

  it('is aborted, or ends with the call, though a digit was typed during its beep', async () => {
    for (const reason of ['aborted', 'hangup']) {
      await using floor = await slow();
      const { channel, phone } = floor.caller();
      const controller = new AbortController();
      const begun = floor.client.waitFor('RecordingStarted');
      const result = recordMessage(channel, { name: 'message', signal: controller.signal });
      await phone.hears('sound:beep');
      phone.press('#');
      await begun;
      if (reason === 'hangup') {
        phone.hangup();
      } else {
        controller.abort();
      }
      expect((await result).reason).toBe(reason);
      await floor.expectNothingLeft();
    }
  });

  it('is given another name, in place of what was there, or thrown away', async () => {
    await using floor = await slow();
    for (const name of ['one', 'two']) {
      const { result } = await recording(floor, { name });
      floor.caller().phone.press('#');
      await saveRecording(floor.client, await result, 'kept', { ifExists: 'overwrite' });
    }
    expect(await stored(floor)).toEqual(['kept']);
    const { result } = await recording(floor);
    floor.caller().phone.press('#');
    const message = await result;
    await expect(saveRecording(floor.client, message, 'kept')).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await discardRecording(floor.client, message)).toBe(true);
    expect(await discardRecording(floor.client, message)).toBe(false);
    expect(await stored(floor)).toEqual(['kept']);
    for (const same of ['message', './message', '/message', 'a/../message']) {
      const saving = saveRecording(floor.client, message, same, { ifExists: 'overwrite' });
      await expect(saving).rejects.toThrow(/name must be another name/);
    }
    await expect(saveRecording(floor.client, {} as never, 'a')).rejects.toThrow(
      /recording must be a recording or its name/,
    );
    await expect(discardRecording({} as never, message)).rejects.toThrow(AriValidationError);
    const none = null as never;
    await expect(discardRecording(floor.client, message, none)).rejects.toThrow(/discardRecording: options must be/);
    await expect(saveRecording(floor.client, message, 'a', none)).rejects.toThrow(/saveRecording: options must be/);
  });
});

describe('saveRecording under a name with a dot', () => {
  async function withStored(...names: readonly string[]): Promise<Floor> {
    return Floor.begin(0, { recordings: Object.fromEntries(names.map((name) => [name, Buffer.alloc(44)])) });
  }

  it.each(['a.wav', 'a.x', 'folder.1/b', './b'])('stores %s as that, not as what is before the dot', async (name) => {
    await using floor = await withStored('a');
    await saveRecording(floor.client, { name: 'a' }, name);
    // The double takes a name as it is written.
    expect(await stored(floor)).toEqual([name]);
    expect(floor.requests.filter((request) => request.includes('/stored/'))).toEqual([
      `GET /recordings/stored/${encodeURIComponent(name)}`,
      'POST /recordings/stored/a/copy',
      'DELETE /recordings/stored/a',
    ]);
  });

  it('replaces nothing of another name, nor of this one unless that is wanted', async () => {
    await using floor = await withStored('new', 'old', 'old.wav');
    const saving = saveRecording(floor.client, { name: 'new' }, 'old.wav');
    await expect(saving).rejects.toMatchObject({ name: 'ConflictError', status: 409 });
    expect(await stored(floor)).toEqual(['new', 'old', 'old.wav']);
    const none = saveRecording(floor.client, { name: 'none' }, 'old.wav', { ifExists: 'overwrite' });
    await expect(none).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await stored(floor)).toEqual(['new', 'old', 'old.wav']);
    await saveRecording(floor.client, { name: 'new' }, 'old.wav', { ifExists: 'overwrite' });
    expect(await stored(floor)).toEqual(['old', 'old.wav']);
  });
});

describe('saveRecording that is aborted', () => {
  it.each([
    ['POST', '/recordings/stored/message/copy'],
    ['DELETE', '/recordings/stored/kept'],
    ['DELETE', '/recordings/stored/message'],
  ] as const)('is done to its end from %s %s on', async (method, path) => {
    await using floor = await slow();
    for (const name of ['kept', 'message']) {
      const { result } = await recording(floor, { name });
      floor.caller().phone.press('#');
      await result;
    }
    const controller = new AbortController();
    floor.asterisk.faults.next({ method, path }).delay(30);
    const { signal } = controller;
    const saving = saveRecording(floor.client, { name: 'message' }, 'kept', { ifExists: 'overwrite', signal });
    const ended = Promise.allSettled([saving]);
    await floor.asterisk.journal.waitForRequest({ method, path });
    controller.abort();
    const [{ status }] = await ended;
    // What was there before is not given up unless it is replaced.
    expect([status, await stored(floor)]).toEqual(
      method === 'POST' ? ['rejected', ['kept', 'message']] : ['fulfilled', ['kept']],
    );
  });
});

describe('recordMessage, of whose end nothing is heard', () => {
  it('asks whether it is stored', async () => {
    await using floor = await slow(2);
    const bridge = await bridged(floor);
    const { client } = floor;
    const { result } = await recording(floor, { bridge, client, maxDurationSeconds: 1 });
    floor.asterisk.faults.dropSocket();
    floor.asterisk.advance(2_000);
    const { stored: isStored } = await result;
    expect(isStored).toBe(true);
    expect(floor.requests).toContain('GET /recordings/stored/message');
    await bridge.destroy();
  });
});

describe('a recording that cannot be removed', () => {
  it('is removed a little later where it is saved under another name, or discarded', async () => {
    await using floor = await slow();
    const { result } = await recording(floor);
    floor.caller().phone.press('#');
    const message = await result;
    const removal = { method: 'DELETE', path: '/recordings/stored/*' };
    floor.asterisk.faults.next(removal).fail(500);
    await saveRecording(floor.client, message, 'kept');
    expect(await stored(floor)).toEqual(['kept']);
    floor.asterisk.faults.next(removal).fail(500);
    expect(await discardRecording(floor.client, 'kept')).toBe(true);
    expect(await stored(floor)).toEqual([]);
    expect(floor.asterisk.journal.requestsTo(removal).map(({ status }) => status)).toEqual([500, 204, 500, 204]);
  });

  it('is not waited for once that is aborted', async () => {
    await using floor = await slow();
    const controller = new AbortController();
    floor.asterisk.faults.next({ method: 'DELETE', path: '/recordings/stored/*' }).times(4).fail(500);
    const discarding = discardRecording(floor.client, { name: 'kept' }, { signal: controller.signal });
    discarding.catch(() => undefined);
    await expect.poll(() => floor.requests.length).toBe(2);
    controller.abort();
    const since = performance.now();
    await expect(discarding).rejects.toMatchObject({ name: 'AriAbortError' });
    expect(performance.now() - since).toBeLessThan(400);
  });
});

describe('recordMessage with a buffer of digits', () => {
  it('forgets what was typed before, and leaves in it what comes after its end', async () => {
    await using floor = await slow();
    const { channel, phone } = floor.caller();
    using typeAhead = new DigitBuffer(channel);
    phone.press('#7');
    await expect.poll(() => typeAhead.digits).toBe('#7');
    const { result } = await recording(floor, { typeAhead, terminateOn: 'any' });
    const ended = floor.client.waitFor('RecordingFinished');
    phone.press('5');
    await ended;
    phone.press('42#');
    expect(await result).toMatchObject({ reason: 'terminator', terminator: '5', digits: '' });
    expect(await gather(channel, { prompt: 'sound:long', typeAhead })).toMatchObject({ digits: '42' });
    typeAhead.close();
    await floor.expectNothingLeft();
  });

  it('leaves in it what comes after the end of another kind', async () => {
    await using floor = await slow();
    const { channel, phone } = floor.caller();
    using typeAhead = new DigitBuffer(channel);
    const { result } = await recording(floor, { typeAhead, maxDurationSeconds: 1 });
    const ended = floor.client.waitFor('RecordingFinished');
    phone.press('1');
    await expect.poll(() => typeAhead.digits).toBe('1');
    floor.asterisk.advance(1_000);
    await ended;
    phone.press('2');
    expect(await result).toMatchObject({ reason: 'maxDuration', digits: '1' });
    expect(typeAhead.digits).toBe('2');
  });
});

describe('recordMessage of a channel in a bridge', () => {
  it('fails without more', async () => {
    await using floor = await slow(2);
    const bridge = await bridged(floor);
    expect(await recordMessage(floor.caller().channel, { name: 'a', beep: false, client: floor.client })).toMatchObject(
      {
        reason: 'failed',
        stored: false,
        cause: 'Cannot record channel while in bridge',
      },
    );
    // It was looked whether it is in a bridge, and it was left there.
    expect((await bridge.get()).channels).toHaveLength(2);
    expect(floor.asterisk.journal.requestsTo({ path: '/channels/*/record' })).toHaveLength(1);
    await bridge.destroy();
    await floor.expectNothingLeft();
  });

  it('records the bridge until the digit of this caller', async () => {
    await using floor = await slow(2);
    const bridge = await bridged(floor);
    const { result } = await recording(floor, { bridge });
    floor.caller(1).phone.press('#');
    floor.caller(0).phone.press('1#');
    expect(await result).toMatchObject({ reason: 'terminator', terminator: '#', stored: true });
    expect(floor.requests).toEqual(['POST /bridges/*/record', 'POST /recordings/live/message/stop']);
    await bridge.destroy();
    await floor.expectNothingLeft();
  });

  it('leaves no channel that hears it where the answer is lost, with a client', async () => {
    await using floor = await Floor.begin(1);
    const { channel } = floor.caller(0);
    floor.asterisk.faults.next({ method: 'POST', path: '/channels/*/snoop/*' }).dropAnswer();
    const options = { name: 'message', snoop: { app: 'flow' }, client: floor.client };
    await expect(recordMessage(channel, options)).rejects.toMatchObject({ name: 'AriConnectionError' });
    await floor.expectNothingLeft();
  });

  it('records it through a channel that hears it, and hangs that up', async () => {
    await using floor = await slow(2);
    const bridge = await bridged(floor);
    const { result } = await recording(floor, { snoop: { app: 'flow' } });
    floor.caller(0).phone.press('#');
    expect(await result).toMatchObject({ reason: 'terminator', stored: true });
    expect(floor.asterisk.journal.requestsTo({ path: '/channels/*/snoop/*' })[0]?.body).toEqual({
      app: 'flow',
      appArgs: 'snoop',
      spy: 'in',
      whisper: 'none',
    });
    await bridge.destroy();
    await floor.expectNothingLeft();
  });

  it.each(['elsewhere', 'of-others'])('refuses application %s, which this client is not started for', async (app) => {
    await using floor = await Floor.begin();
    const { url, username, password } = floor.asterisk;
    const others = await connect(url, username, password);
    await others.start('of-others');
    floor.forget();
    await expect(recordMessage(floor.caller().channel, { name: 'message', snoop: { app } })).rejects.toThrow(
      `recordMessage: option 'snoop.app' is of no use here: the client is not started for '${app}', but for flow`,
    );
    expect(floor.requests).toEqual([]);
    await others.close();
    await floor.expectNothingLeft();
  });

  it.each([
    ['aborted', (_floor: Floor, controller: AbortController) => controller.abort()],
    ['left by the caller', (floor: Floor) => floor.caller().phone.hangup()],
  ])('leaves nothing when it is %s after any request', async (_how, end) => {
    const run = (floor: Floor, signal: AbortSignal) =>
      recordMessage(floor.caller().channel, { name: 'a', snoop: { app: 'flow' }, signal });
    expect(await endAfterEachRequest(() => slow(1), run, end)).toBe(2);
  });
});

describe('recordMessage of a channel that was dialled', () => {
  it('puts it into a bridge for a moment, and records it then', async () => {
    await using floor = await slow(0);
    await floor.dialCaller();
    const { result } = await recording(floor, { client: floor.client });
    floor.caller().phone.press('#');
    expect(await result).toMatchObject({ reason: 'terminator', stored: true });
    expect(floor.requests).toEqual([
      'POST /channels/*/record',
      'GET /bridges',
      'POST /bridges/*',
      'POST /bridges/*/addChannel',
      'DELETE /bridges/*',
      'POST /channels/*/record',
    ]);
    await floor.expectNothingLeft();
  });

  it('leaves nothing when it is aborted after any request', async () => {
    const begin = async (): Promise<Floor> => {
      const floor = await slow(0);
      await floor.dialCaller();
      return floor;
    };
    const run = (floor: Floor, signal: AbortSignal) =>
      recordMessage(floor.caller().channel, { name: 'a', beep: false, client: floor.client, signal });
    const abort = (_floor: Floor, controller: AbortController): void => controller.abort();
    expect(await endAfterEachRequest(begin, run, abort)).toBe(6);
  });
});

describe('recordMessage with a review', () => {
  const review = { prompt: 'sound:review' };
  const sounds = { review: 1_000, beep: 100 };

  async function begin(): Promise<Floor> {
    const floor = await Floor.begin(1, { sounds });
    floor.asterisk.clock.autoAdvance = false;
    return floor;
  }

  it('plays it, records it again, and keeps it', async () => {
    await using floor = await begin();
    const { phone } = floor.caller();
    const { result } = await recording(floor, { review });
    floor.asterisk.advance(2_000);
    phone.press('#');
    await phone.hears('sound:review');
    phone.press('1');
    await phone.hears('recording:message');
    const again = floor.client.waitFor('RecordingStarted');
    phone.press('2');
    await again;
    floor.asterisk.advance(4_000);
    phone.press('#');
    await expect.poll(() => phone.heard.filter((media) => media === 'sound:review')).toHaveLength(2);
    phone.press('3');
    expect(await result).toMatchObject({ reason: 'terminator', duration: 4, stored: true });
    const made = floor.asterisk.journal.requestsTo({ path: '/channels/*/record' });
    expect(made.map(({ body }) => (body as { ifExists: string }).ifExists)).toEqual(['fail', 'overwrite']);
    await floor.expectNothingLeft();
  });

  it.each([
    ['hangup', (floor: Floor) => floor.caller().phone.hangup()],
    ['aborted', (_floor: Floor, controller: AbortController) => controller.abort()],
  ])('keeps what was recorded when the review ends by %s', async (reason, end) => {
    await using floor = await begin();
    const controller = new AbortController();
    const { result } = await recording(floor, { review, signal: controller.signal });
    floor.caller().phone.press('#');
    await floor.caller().phone.hears('sound:review');
    end(floor, controller);
    expect(await result).toMatchObject({ reason, stored: true });
    expect(await stored(floor)).toEqual(['message']);
    await floor.expectNothingLeft();
  });

  it.each([
    ['keeps it', '3', {}],
    ['keeps it after a recording through another channel', '3', { snoop: { app: 'flow' } }],
    ['records it again', '2', {}],
  ] as const)('takes what is typed before it is asked for, and %s', async (_what, digit, options) => {
    await using floor = await begin();
    const { phone } = floor.caller();
    const { result } = await recording(floor, { review, ...options });
    const ended = floor.client.waitFor('RecordingFinished');
    phone.press('12#');
    await ended;
    // The caller knows the menu: nobody has asked yet.
    const again = digit === '2' ? floor.client.waitFor('RecordingStarted') : undefined;
    phone.press(digit);
    if (again !== undefined) {
      await again;
      phone.press('4#');
      await phone.hears('sound:review');
      phone.press('3');
    }
    expect(await result).toMatchObject({ reason: 'terminator', digits: digit === '2' ? '4' : '12', stored: true });
    expect(phone.heard.filter((media) => media === 'sound:review')).toHaveLength(digit === '2' ? 1 : 0);
    await floor.expectNothingLeft();
  });

  it('takes what is typed between one prompt and the next', async () => {
    await using floor = await begin();
    const { phone } = floor.caller();
    const { result } = await recording(floor, { review });
    phone.press('#');
    await phone.hears('sound:review');
    phone.press('13');
    expect(await result).toMatchObject({ reason: 'terminator', digits: '' });
    expect(phone.heard).not.toContain('recording:message');
    await floor.expectNothingLeft();
  });

  it('is left out where there is nothing to review', async () => {
    await using floor = await begin();
    const { result } = await recording(floor, { review });
    floor.caller().phone.hangup();
    expect(await result).toMatchObject({ reason: 'hangup', stored: true });
    await floor.expectNothingLeft();
  });
});

it.each([
  [{ bridge: {} }, /^recordMessage: option 'bridge' must be a bridge of the client/],
  [{ client: {} }, /^recordMessage: option 'client' must be a client, not an object/],
  [{ snoop: {} }, /option 'snoop.app' is missing; must be a text/],
  [{ snoop: { app: 'a', spy: 'none' } }, /option 'snoop.spy' must be in or out or both, not "none"/],
  [{ snoop: { app: 'a', whisper: 'in' } }, /option 'snoop.whisper' does not exist; allowed are app, appArgs, spy/],
  [{ review: { prompt: 'x' } }, /option 'review.prompt' must be a media URI/],
  [
    { review: { prompt: 'sound:x', keep: '1' } },
    /option 'review.keep' must be another digit than 'listen', not 1 as well/,
  ],
  [{ review: { prompt: 'sound:x', again: '12' } }, /option 'review.again' must be a digit of/],
  [{ review: { prompt: 'sound:x' }, ifExists: 'append' }, /option 'review' cannot be given with ifExists 'append'/],
  [{ typeAhead: '1' }, /option 'typeAhead' must be a DigitBuffer, not "1"/],
  [{ control: {} }, /option 'control' must be a RecordingControl, not an object/],
])('recordMessage refuses %o before anything is sent', async (options, message) => {
  await using floor = await Floor.begin(1);
  const wrong = { name: 'a', ...options } as unknown as RecordMessageOptions;
  const refusal = recordMessage(floor.caller().channel, wrong);
  await expect(refusal).rejects.toThrow(AriValidationError);
  await expect(refusal).rejects.toThrow(message);
  expect(floor.requests).toEqual([]);
});
