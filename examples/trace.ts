/**
 * Records a call and shows it: a ladder on the terminal, a page, and JSON lines. `npx tsx examples/trace.ts` brings a
 * double of Asterisk and a caller; with ARI_URL, ARI_USERNAME and ARI_PASSWORD it records the application `hello` on that
 * Asterisk until Ctrl-C.
 */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { html, ladder, record, stringify } from 'asterisk-ari/trace';

const { ARI_URL: url, ARI_USERNAME: username = '', ARI_PASSWORD: password = '' } = process.env;
const double = url === undefined ? await startAsterisk() : undefined;
const client = await connect(double?.url ?? url ?? '', double?.username ?? username, double?.password ?? password);
const recorder = record({ clients: { hello: client } });

client.channels.on('StasisStart', async (channel) => {
  await channel.answer();
  await channel.play({ media: 'sound:hello-world' });
});
client.playbacks.on('PlaybackFinished', async (_, { playback }) => {
  const [, channelId = ''] = /^channel:(.+)$/.exec(playback.target_uri) ?? [];
  await client.channels.hangup({ channelId });
});
await client.start('hello');

if (double === undefined) {
  console.log('call the application hello; Ctrl-C ends the recording');
  await once(process, 'SIGINT');
} else {
  const caller = double.call({ to: 'stasis-hello', from: 'Ann <100>' });
  await caller.ended();
  await client.idle();
}
await client.close();
await double?.close();
recorder.stop();

console.log(ladder(recorder.entries));
await writeFile('call.html', html(recorder.entries, { title: 'hello' }));
await writeFile('call.jsonl', stringify(recorder.entries));
console.log('call.html opens in a browser; call.jsonl can be replayed');
