import type { AriClient } from 'asterisk-ari';
import { startAsterisk, type Phone, type TestAsterisk } from 'asterisk-ari/testing';
import { parse, record, replay, stringify, traceOf, type Trace } from 'asterisk-ari/trace';
import { afterEach, describe, expect, it } from 'vitest';
import { startDesk, type DeskWays } from './support/desk.js';

const asterisks: TestAsterisk[] = [];
const clients: AriClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(asterisks.splice(0).map((asterisk) => asterisk.close()));
});

async function start(ways: DeskWays = {}): Promise<[TestAsterisk, AriClient]> {
  const asterisk = await startAsterisk();
  asterisks.push(asterisk);
  const client = await startDesk(asterisk, ways);
  clients.push(client);
  return [asterisk, client];
}

type Play = (asterisk: TestAsterisk, client: AriClient) => Promise<void>;

async function recorded(play: Play): Promise<Trace> {
  const [asterisk, client] = await start();
  using recorder = record({ clients: { desk: client } });
  await play(asterisk, client);
  await client.idle({ timeoutMs: 5_000 });
  return parse(stringify(recorder.entries));
}

async function replayed(trace: Trace, ways: DeskWays = {}): Promise<string> {
  const [asterisk] = await start(ways);
  return String(await replay(trace, asterisk, { timeoutMs: 1_000 }));
}

/** Calls, and waits until the application has done what it does then. */
async function call(asterisk: TestAsterisk, client: AriClient, from: string): Promise<Phone> {
  const phone = asterisk.call({ to: 'stasis-desk', from });
  await phone.hears('sound:hello-world');
  await client.idle({ timeoutMs: 5_000 });
  return phone;
}

async function hangUp(phone: Phone, client: AriClient): Promise<void> {
  await client.idle({ timeoutMs: 5_000 });
  phone.hangup();
  await phone.ended();
}

/** What was noted of who talks. */
const notes = ({ journal }: TestAsterisk) =>
  traceOf(journal).filter((entry) => entry.kind === 'request' && entry.params['variable'] === 'NOTE');

/** What callers do, and what an application would do otherwise. */
const plays: Readonly<Record<string, readonly [Play, DeskWays, told: RegExp]>> = {
  'who holds': [
    async (asterisk, client) => {
      const ann = await call(asterisk, client, '100');
      ann.hold();
      await client.idle({ timeoutMs: 5_000 });
      ann.hold(false);
      await hangUp(ann, client);
    },
    { music: 'other' },
    /^other: startMoh .*mohClass: "other" instead of "default", after ChannelHold/,
  ],
  'who talks': [
    async (asterisk, client) => {
      const ann = await call(asterisk, client, '100');
      ann.talk();
      await client.idle({ timeoutMs: 5_000 });
      ann.talk(1_200);
      await hangUp(ann, client);
    },
    { note: 'shouts' },
    /^other: setChannelVar NOTE=shouts .*value: "shouts" instead of "talks", after ChannelTalkingStarted/,
  ],
  'a recording that reaches its length': [
    async (asterisk, client) => {
      const ann = await call(asterisk, client, '100');
      ann.press('3');
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      asterisk.advance(5_000);
      await ann.hears('sound:vm-goodbye');
      await hangUp(ann, client);
    },
    { longest: 9 },
    /^other: record message-.*maxDurationSeconds: "?9"? instead of "?5"?, after ChannelDtmfReceived 3/,
  ],
  'a recording that its caller ends': [
    async (asterisk, client) => {
      const ann = await call(asterisk, client, '100');
      ann.press('3');
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      asterisk.advance(1_000);
      ann.press('#');
      await ann.hears('sound:vm-goodbye');
      await hangUp(ann, client);
    },
    { longest: 9 },
    /^other: record message-.*maxDurationSeconds: "?9"? instead of "?5"?, after ChannelDtmfReceived 3/,
  ],
  'who is called by create and dial': [
    async (asterisk, client) => {
      const ann = await call(asterisk, client, '100');
      ann.press('4');
      const bob = asterisk.phone('bob');
      await bob.rings();
      const both = client.waitFor('ChannelEnteredBridge', {
        where: ({ bridge }) => bridge.channels.length === 2,
        timeoutMs: 5_000,
      });
      bob.answer();
      await both;
      await client.idle({ timeoutMs: 5_000 });
      bob.hangup();
      await ann.ended();
    },
    { timeout: 5 },
    /^other: dial .*timeout: "?5"? instead of "?20"?/,
  ],
  'three calls at once, each with its own steps': [
    async (asterisk, client) => {
      const [ann, eve, joe] = [
        await call(asterisk, client, 'Ann <100>'),
        await call(asterisk, client, 'Eve <101>'),
        await call(asterisk, client, 'Joe <102>'),
      ];
      ann.hold();
      eve.press('3');
      await client.waitFor('RecordingStarted', { timeoutMs: 5_000 });
      const noted = client.waitFor('ChannelTalkingStarted', { timeoutMs: 5_000 });
      joe.talk();
      await noted;
      await expect.poll(() => notes(asterisk)).toHaveLength(1);
      joe.hangup();
      ann.hold(false);
      asterisk.advance(5_000);
      await eve.hears('sound:vm-goodbye');
      await hangUp(ann, client);
      await hangUp(eve, client);
    },
    { note: 'shouts' },
    /^other: setChannelVar NOTE=shouts/,
  ],
};

/** The same on a machine where everything takes its time. */
function slow(trace: Trace): Trace {
  return trace.map((entry, index) => ({ ...entry, at: entry.at + index * 50 }));
}

describe.each(Object.entries(plays))('what comes from outside is %s', (_name, [play, otherwise, told]) => {
  it('and the application does as recorded, or is told to do otherwise', async () => {
    const trace = await recorded(play);
    expect(await replayed(trace)).toBe('as recorded');
    expect(await replayed(slow(trace))).toBe('as recorded');
    expect(await replayed(trace, otherwise)).toMatch(told);
  });
});
