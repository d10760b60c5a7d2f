import { connect, type AriClient, type ClientOptions } from 'asterisk-ari';
import type { Phone, TestAsterisk } from 'asterisk-ari/testing';

/** Where an application under test may do otherwise than it did before. */
export interface Ways {
  /** Name of the application. @default 'menu' */
  readonly app?: string;
  readonly greeting?: `sound:${string}`;
  /** Hangs up in place of saying goodbye. */
  readonly rude?: boolean;
  /** Sets a variable that nobody has asked for. */
  readonly extra?: boolean;
  /** Plays before it has answered. */
  readonly hasty?: boolean;
}

/**
 * An application: greets, then connects who presses 1 with Bob in a bridge of its own making, and says goodbye to who
 * presses 2.
 */
export async function startMenu(
  asterisk: Pick<TestAsterisk, 'url' | 'username' | 'password'>,
  ways: Ways = {},
  options: Partial<ClientOptions> = {},
): Promise<AriClient> {
  const { greeting = 'sound:hello-world', app = 'menu' } = ways;
  const client = await connect(asterisk.url, asterisk.username, asterisk.password, {
    reconnect: { minDelayMs: 1, maxDelayMs: 2 },
    ...options,
  });
  client.channels.on('StasisStart', async (channel, { args }) => {
    if (args[0] === 'dialled') {
      return;
    }
    channel.on('ChannelDtmfReceived', async (_, { digit }) => {
      await (digit === '1' ? connectWithBob() : leave());
    });
    if (ways.hasty === true) {
      await channel.play({ media: greeting });
      await channel.answer();
    } else {
      await channel.answer();
      await channel.play({ media: greeting });
    }
    if (ways.extra === true) {
      await channel.setChannelVar({ variable: 'EXTRA', value: '1' });
    }

    async function connectWithBob(): Promise<void> {
      const bridge = await client.bridges.create({ type: 'mixing' });
      await bridge.addChannel({ channel });
      const bob = client.channels.handle();
      const answered = bob.waitFor('StasisStart', { timeoutMs: 5_000 });
      await bob.originateWithId({ endpoint: 'PJSIP/bob', app, appArgs: 'dialled' });
      await answered;
      await bridge.addChannel({ channel: bob });
      bob.once('StasisEnd', async () => {
        await channel.hangup();
        await bridge.destroy();
      });
    }

    async function leave(): Promise<void> {
      if (ways.rude !== true) {
        const playback = client.playbacks.handle();
        const over = playback.waitFor('PlaybackFinished', { timeoutMs: 5_000 });
        await channel.playWithId({ playbackId: playback.id, media: 'sound:vm-goodbye' });
        await over;
      }
      await channel.hangup();
    }
  });
  await client.start(app);
  return client;
}

/** A caller who is greeted presses 1; Bob answers, and is returned when the two are in their bridge. */
export async function askForBob(asterisk: TestAsterisk, client: AriClient, caller: Phone): Promise<Phone> {
  const both = client.waitFor('ChannelEnteredBridge', {
    where: ({ bridge }) => bridge.channels.length === 2,
    timeoutMs: 5_000,
  });
  caller.press('1');
  const bob = asterisk.phone('bob');
  await bob.rings();
  bob.answer();
  await both;
  return bob;
}
