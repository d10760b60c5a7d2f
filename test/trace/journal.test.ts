import type { AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { ladder, parse, stringify, traceOf, withLadder } from 'asterisk-ari/trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('tells what was thrown that is no error', async () => {
    const failed = withLadder(asterisk, () => Promise.reject('five'));
    await expect(failed).rejects.toThrow(/^five\n\n/);
  });
});
