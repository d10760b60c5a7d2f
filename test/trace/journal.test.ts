import type { AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { ladder, parse, stringify, traceOf, withLadder } from 'asterisk-ari/trace';
import assert from 'node:assert';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startMenu } from './support/menu.js';

let asterisk: TestAsterisk;
let client: AriClient;

beforeEach(async () => {
  asterisk = await startAsterisk();
  client = await startMenu(asterisk, {}, { transport: 'http' });
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

describe("the double's journal as a trace", () => {
  it('has requests, answers and events in their order, and what they concern', async () => {
    const ann = asterisk.call({ to: 'stasis-menu', from: 'Ann <100>' });
    await ann.hears('sound:hello-world');
    await client.idle({ timeoutMs: 5_000 });
    const trace = traceOf(asterisk.journal);
    expect(parse(stringify(trace))).toEqual(JSON.parse(JSON.stringify(trace)));
    expect(trace.map(({ seq }) => seq)).toEqual(trace.map((_, index) => index + 1));
    const started = trace.findIndex((entry) => entry.kind === 'event' && entry.type === 'StasisStart');
    expect(trace[started]).toMatchObject({ application: 'menu', objects: [`channel:${ann.channelId}`] });
    const events = trace.slice(started + 1).flatMap((entry) => (entry.kind === 'event' ? [entry.type] : []));
    expect(events.slice(0, 2)).toEqual(['ChannelStateChange', 'PlaybackStarted']);
    expect(trace.slice(started + 1).filter(({ kind }) => kind !== 'event')).toMatchObject([
      { kind: 'request', operation: 'channels.answer', params: { channelId: ann.channelId } },
      { kind: 'answer', status: 204 },
      { kind: 'request', operation: 'channels.play', params: { media: ['sound:hello-world'] } },
      { kind: 'answer', status: 201, objects: expect.arrayContaining([`channel:${ann.channelId}`]) as unknown },
    ]);
    expect(ladder(trace, { width: 100, ascii: true })).toContain('PJSIP/100-');
  });

  it('says of a refused request why', async () => {
    await client.bridges.get({ bridgeId: 'none' }).catch(() => undefined);
    expect(traceOf(asterisk.journal).at(-1)).toMatchObject({
      kind: 'answer',
      status: 404,
      error: '404 Bridge not found',
    });
  });
});

describe('a test with a ladder', () => {
  it('gives what it gives', async () => {
    expect(await withLadder(asterisk, async () => 7)).toBe(7);
  });

  it('has the ladder in the message of its error, and in its stack', async () => {
    const failure = new Error('not as it should be');
    const failed = withLadder(
      asterisk,
      async () => {
        await asterisk.call({ to: 'stasis-menu' }).hears('sound:hello-world');
        throw failure;
      },
      { width: 80, ascii: true },
    );
    await expect(failed).rejects.toBe(failure);
    expect(failure.message).toMatch(/^not as it should be\n\n[^]*\| *play sound:hello-world|StasisStart/);
    expect(failure.stack).toContain('StasisStart');
    expect(failure.stack).toContain('journal.test.ts');
  });

  it.each([
    ['a text', 'five'],
    ['nothing', undefined],
    ['a frozen error', Object.freeze(new Error('frozen'))],
  ])('throws %s as it is, and writes the ladder beside it', async (_name, thrown) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const failed = withLadder(asterisk, () => Promise.reject(thrown), { width: 80 });
    await expect(failed).rejects.toBe(thrown);
    expect(write.mock.calls.map(([text]) => String(text)).join('')).toMatch(/application +Asterisk/);
    write.mockRestore();
  });

  it('adds to errors of another realm, such as those of Node in a test of Jest', async () => {
    const failure = runInNewContext("new Error('of elsewhere')") as Error;
    await expect(withLadder(asterisk, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(failure.message).toMatch(/^of elsewhere\n\n.*application +Asterisk/s);
    expect(failure.stack).toMatch(/application +Asterisk/);
  });

  it('is no message any more that node:assert has made: of those, Jest shows nothing', async () => {
    const failed = withLadder(asterisk, () => assert.equal(1, 2));
    await expect(failed).rejects.toMatchObject({ generatedMessage: false, message: expect.stringMatching(/Asterisk/) });
  });

  it('is refused before it is run where an argument is wrong', async () => {
    const test = vi.fn<() => number>();
    await expect(withLadder(undefined as never, test)).rejects.toThrow('withLadder: journal of asterisk is missing');
    await expect(withLadder({ journal: [] } as never, test)).rejects.toThrow('withLadder: journal of asterisk must be');
    await expect(withLadder(asterisk, test, { width: 1 })).rejects.toThrow("option 'width' must be");
    await expect(withLadder(asterisk, undefined as never)).rejects.toThrow(
      'withLadder: test is missing; must be a func',
    );
    expect(() => traceOf(asterisk as never)).toThrow('traceOf: journal must be that of a double');
    expect(test).not.toHaveBeenCalled();
  });
});
