/**
 * The hello application and a caller who presses 1, * and #, event by event: on the Asterisk of `ARI_URL`,
 * `ARI_USERNAME` and `ARI_PASSWORD`, else on the double that comes with this library. It ends by itself.
 */
import { connect, type AriEvent } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { hello } from './hello-application.js';

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;
const double =
  ARI_URL === undefined ? await startAsterisk({ clock: 'real', sounds: { 'asterisk-friend': 2180 } }) : undefined;
const server = double ?? { url: ARI_URL ?? '', username: ARI_USERNAME, password: ARI_PASSWORD };

const client = await connect(server.url, server.username, server.password);
console.log(`connected to Asterisk ${client.asteriskVersion} at ${server.url}`);
client.on('*', (event) => console.log(`  ${describe(event)}`));
hello(client);
await client.start('hello');

const caller = await connect(server.url, server.username, server.password);
await caller.start('hello-caller');
await call();
await caller.close();
await client.close();
await double?.close();
console.log('over');

/** Calls the application; its context `stasis-hello` needs no dialplan, Asterisk makes it with the application. */
async function call(): Promise<void> {
  const channel = caller.channels.handle();
  const over = channel.waitFor('ChannelDestroyed', { timeoutMs: 60_000 });
  const answered = channel.waitFor('StasisStart', { timeoutMs: 10_000 });
  await channel.originateWithId({ endpoint: 'Local/demo@stasis-hello', app: 'hello-caller', callerId: 'Ann <100>' });
  await answered;
  await client.waitFor('PlaybackFinished', { timeoutMs: 20_000 });
  for (const digit of ['1', '*', '#']) {
    const spoken = client.waitFor('PlaybackFinished', { timeoutMs: 20_000 });
    await channel.sendDTMF({ dtmf: digit });
    await spoken;
  }
  await over;
}

function describe(event: AriEvent): string {
  switch (event.type) {
    case 'StasisStart':
      return `StasisStart          ${event.channel.name} called by ${event.channel.caller.number || 'nobody'}`;
    case 'StasisEnd':
      return `StasisEnd            ${event.channel.name}`;
    case 'ChannelDtmfReceived':
      return `ChannelDtmfReceived  ${event.digit}`;
    case 'PlaybackStarted':
    case 'PlaybackFinished':
      return `${event.type.padEnd(20)} ${event.playback.media_uri}`;
    case 'ChannelStateChange':
      return `ChannelStateChange   ${event.channel.name} is ${event.channel.state}`;
    default:
      return event.type;
  }
}
