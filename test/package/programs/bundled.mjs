// A worker as it is bundled into one file: a call, a request over HTTP, a file, on the Asterisk of the environment.
import assert from 'node:assert/strict';
import { connect, NotFoundError } from 'asterisk-ari';
import { play } from 'asterisk-ari/flows';

async function main() {
  const { ARI_URL, ARI_USERNAME, ARI_PASSWORD } = process.env;
  const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD, { validation: 'full' });
  client.on('invalid', ({ issues }) => assert.fail(JSON.stringify(issues)));
  const file = await client.recordings.getStoredFile({ recordingName: 'greeting' });
  assert.equal(String(await file.buffer()), 'RIFF....WAVE');
  await assert.rejects(client.channels.get({ channelId: 'nobody' }), NotFoundError);

  await client.start('hello');
  const channel = client.channels.handle();
  const started = channel.waitFor('StasisStart', { timeoutMs: 10_000 });
  await channel.originateWithId({ endpoint: 'PJSIP/ann', app: 'hello' });
  await started;
  assert.equal((await play(channel, { media: 'sound:hello-world' })).outcome, 'finished');
  await channel.hangup();
  await client.close();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
