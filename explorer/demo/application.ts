import { AriError, type Channel } from 'asterisk-ari';
import { connect, dial, menu, recordMessage } from 'asterisk-ari/flows';
import type { Client } from '../asterisk/connect.js';

/** A small reception: 1 for Alice, 2 for Bob, else a message. */
export function serve(client: Client, app: string): void {
  client.channels.on('StasisStart', async (channel, { args }) => {
    // Those that are called come with arguments; who waits for them serves them.
    if (args.length > 0) return;
    try {
      await receive(client, app, channel);
    } catch (error) {
      // The caller, or the program, may be gone at any moment.
      if (!(error instanceof AriError)) throw error;
    }
  });
}

async function receive(client: Client, app: string, caller: Channel): Promise<void> {
  await caller.answer();
  const { reason } = await menu(caller, {
    prompt: 'sound:demo/welcome',
    firstDigitMs: 2500,
    tries: 1,
    choices: {
      1: () => talkTo(client, app, caller, 'PJSIP/alice'),
      2: () => talkTo(client, app, caller, 'PJSIP/bob'),
      3: () => takeMessage(caller),
    },
    otherwise: () => takeMessage(caller),
  });
  if (reason !== 'hangup') await caller.hangup().catch(() => undefined);
}

async function talkTo(client: Client, app: string, caller: Channel, endpoint: string): Promise<void> {
  const { channel } = await dial(client, { targets: [{ endpoint, ringSeconds: 6 }], app, caller });
  if (channel === undefined) await takeMessage(caller);
  else await connect(client, { channels: [caller, channel] });
}

async function takeMessage(caller: Channel): Promise<void> {
  await caller.play({ media: 'sound:demo/leave-message' });
  await recordMessage(caller, { name: `messages/${caller.id}`, maxDurationSeconds: 4 });
}
