import { connect, type AriClient } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';

/** Where this application may do otherwise than it did before. */
export interface DeskWays {
  /** What who holds is played. */
  readonly music?: string;
  /** What is written of who talks. */
  readonly note?: string;
  /** How long a message may be, in seconds. */
  readonly longest?: number;
  /** How long Bob is rung, in seconds. */
  readonly timeout?: number;
}

/**
 * An application: plays music to itself while its caller holds, notes that he talks, records his message when he presses 3,
 * and calls Bob with `create` and `dial` when he presses 4.
 */
export async function startDesk(asterisk: TestAsterisk, ways: DeskWays = {}): Promise<AriClient> {
  const { music = 'default', note = 'talks', longest = 5, timeout = 20 } = ways;
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);
  client.channels.on('StasisStart', async (channel, { args }) => {
    if (args[0] === 'dialled') return;
    channel.on('ChannelHold', () => channel.startMoh({ mohClass: music }));
    channel.on('ChannelUnhold', () => channel.stopMoh());
    channel.on('ChannelTalkingStarted', () => channel.setChannelVar({ variable: 'NOTE', value: note }));
    channel.on('ChannelTalkingFinished', () => channel.setChannelVar({ variable: 'NOTE', value: 'listens' }));
    channel.on('ChannelDtmfReceived', (_, { digit }) =>
      digit === '3' ? leaveMessage() : digit === '4' ? callBob() : undefined,
    );
    await channel.answer();
    await channel.setChannelVar({ variable: 'TALK_DETECT(set)', value: '' });
    await channel.play({ media: 'sound:hello-world' });

    async function leaveMessage(): Promise<void> {
      const over = client.waitFor('RecordingFinished', { timeoutMs: 5_000 });
      await channel.record({
        name: `message-${channel.id}`,
        format: 'wav',
        maxDurationSeconds: longest,
        terminateOn: '#',
      });
      await over;
      // Who has hung up is told nothing.
      await channel.play({ media: 'sound:vm-goodbye' }).catch(() => undefined);
    }

    async function callBob(): Promise<void> {
      const bob = client.channels.handle();
      const here = bob.waitFor('StasisStart', { timeoutMs: 5_000 });
      await client.channels.create({ channelId: bob.id, endpoint: 'PJSIP/bob', app: 'desk', appArgs: 'dialled' });
      await here;
      const answered = bob.waitFor('ChannelStateChange', {
        where: ({ channel: { state } }) => state === 'Up',
        timeoutMs: 5_000,
      });
      await bob.dial({ caller: channel.id, timeout });
      await answered;
      const bridge = await client.bridges.create({ type: 'mixing' });
      bob.once('StasisEnd', async () => {
        await bridge.destroy();
        await channel.hangup();
      });
      await bridge.addChannel({ channel: [channel, bob] });
    }
  });
  await client.start('desk');
  return client;
}
