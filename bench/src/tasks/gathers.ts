import { setTimeout as sleep } from 'node:timers/promises';
import { startAsterisk, type Phone, type TestAsterisk } from '../double.js';
import { gather } from '../flows.js';
import { connect, type AriClient, type Channel } from '../sdk.js';
import { percentile } from './percentile.js';
import type { Task } from './task.js';

export interface GathersInput {
  readonly count: number;
  /** When their time begins: for all at once, without a prompt or at its end, or for each with a digit of its own. */
  readonly since: 'start' | 'prompt' | 'digit';
  /** `setTimeout` is what Node's own timers are late by in the same place. */
  readonly carrier: 'asterisk-ari' | 'setTimeout';
}

interface Caller {
  readonly channel: Channel;
  readonly phone: Phone;
}

/** How long each waits for a digit that does not come, in milliseconds. */
const waitMs = 1_000;

/** The digits come within so many milliseconds. */
const spreadMs = 2_000;

/** How late so many gathers end that run at once, with the double in the same process, which has not done so before. */
export const gathers: Task<GathersInput> = async (_subject, { count, since, carrier }) => {
  // A digit comes while the prompt plays, and stops it.
  const sounds = { prompt: since === 'digit' ? 2 * spreadMs : 500 };
  await using asterisk = await startAsterisk({ sounds, clock: 'real' });
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  await client.start('bench');
  const callers = await arrive(asterisk, client, count);
  const times = new Map<string, number>();
  if (since === 'digit') {
    client.channels.on('ChannelDtmfReceived', ({ id }) => void times.set(id, performance.now()));
  } else if (since === 'prompt') {
    const told = ({ playback }: { readonly playback: { readonly target_uri: string } }): void =>
      void times.set(playback.target_uri.replace('channel:', ''), performance.now());
    client.on('PlaybackFinished', told);
  }
  const lateBy = async ({ channel, phone }: Caller, index: number): Promise<number> => {
    if (since === 'start') {
      times.set(channel.id, performance.now());
    }
    const over = carrier === 'asterisk-ari' ? gatherOnce(channel, since) : waitOnce(channel, since);
    if (since === 'digit') {
      await phone.hears('sound:prompt');
      await sleep((index * spreadMs) / count);
      phone.press('1');
    }
    await over;
    return performance.now() - (times.get(channel.id) ?? NaN) - waitMs;
  };
  const late = await Promise.all(callers.map(lateBy));
  return { p50Ms: percentile(late, 0.5), p99Ms: percentile(late, 0.99), maxMs: Math.max(...late) };
};

async function arrive(asterisk: TestAsterisk, client: AriClient, count: number): Promise<readonly Caller[]> {
  const callers: Caller[] = [];
  while (callers.length < count) {
    const arrived = client.channels.waitFor('StasisStart');
    const phone = asterisk.call({ to: 'stasis-bench', from: String(1_000 + callers.length) });
    const { channel } = await arrived;
    await channel.answer();
    callers.push({ channel, phone });
  }
  return callers;
}

function gatherOnce(channel: Channel, since: GathersInput['since']): Promise<unknown> {
  const prompt = since === 'start' ? undefined : ('sound:prompt' as const);
  return gather(channel, { prompt, firstDigitMs: waitMs, interDigitMs: waitMs });
}

async function waitOnce(channel: Channel, since: GathersInput['since']): Promise<void> {
  if (since !== 'start') {
    const begun = since === 'digit' ? channel.waitFor('ChannelDtmfReceived') : undefined;
    const playback = await channel.play({ media: 'sound:prompt' });
    await (begun ?? playback.waitFor('PlaybackFinished'));
  }
  await sleep(waitMs);
}
