/**
 * A menu: 1 tells the number of an order that is typed, 2 or silence takes a message.
 *
 *     StasisStart → answer → play menu → ChannelDtmfReceived 1 → play prompt → four digits → play digits:…
 *                                      → ChannelDtmfReceived 2, or twice something else or nothing for 3 s → beep → record → RecordingFinished
 *                          → play vm-goodbye → hang up
 */
import type { AriClient, Channel } from 'asterisk-ari';
import { gather, menu, play, recordMessage, say } from 'asterisk-ari/flows';
import { example } from './support/example.js';

export function ivr(client: AriClient): void {
  client.channels.on('StasisStart', serve);
}

async function serve(channel: Channel): Promise<void> {
  await channel.answer();
  const { reason } = await menu(channel, {
    prompt: ['sound:hello-world', 'sound:vm-press'],
    invalidPrompt: 'sound:pm-invalid-option',
    firstDigitMs: 3_000,
    tries: 2,
    choices: { 1: () => tellOrder(channel), 2: () => takeMessage(channel) },
    otherwise: () => takeMessage(channel),
  });
  if (reason !== 'hangup') {
    await play(channel, { media: 'sound:vm-goodbye' });
    await channel.hangup().catch(() => undefined);
  }
}

async function tellOrder(channel: Channel): Promise<void> {
  const { digits, reason } = await gather(channel, { prompt: 'sound:vm-enter-num-to-call', length: 4, tries: 3 });
  if (reason === 'length') {
    await play(channel, { media: say(digits, 'digits') });
  }
}

async function takeMessage(channel: Channel): Promise<void> {
  await recordMessage(channel, { name: `messages/${channel.id}`, maxDurationSeconds: 60 });
}

export default example(import.meta.url, {
  app: 'ivr',
  start: ivr,
  async demo({ call }, { client }) {
    const ann = await call('ann');
    await ann.hears('sound:hello-world');
    await ann.press('1');
    await ann.hears('sound:vm-enter-num-to-call');
    await ann.press('4711');
    await ann.hears('digits:4711');
    await ann.ended();
    const recording = client.waitFor('RecordingStarted', { timeoutMs: 20_000 });
    const bob = await call('bob', '200');
    await bob.hears('sound:hello-world');
    await bob.press('9');
    await bob.hears('sound:pm-invalid-option');
    // Now he presses nothing, and is asked for a message.
    await recording;
    await bob.speak('sound:hello-world');
    await bob.press('#');
    await bob.hears('sound:vm-goodbye');
    await bob.ended();
  },
});
