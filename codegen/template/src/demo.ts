import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { hello } from './hello.js';

/** What the caller presses when something begins to be played. */
const presses: Readonly<Record<string, string>> = { 'sound:hello-world': '1', 'sound:digits/1': '#' };

/** The application and a caller who presses 1 and #, on the double of an Asterisk that the SDK brings: event by event. */
export async function demo(): Promise<void> {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  client.on('*', (event) => console.log(`  ${event.type}`));
  hello(client);
  await client.start('hello');

  const over = client.waitFor('StasisEnd', { timeoutMs: 10_000 });
  const caller = asterisk.call({ to: 'stasis-hello', from: 'Ann <100>' });
  client.on('PlaybackStarted', ({ playback }) => {
    const digit = presses[playback.media_uri];
    if (digit === undefined) return;
    console.log(`The caller hears ${playback.media_uri} and presses ${digit}.`);
    caller.press(digit);
  });
  await over;
  console.log('The call is over.');
}
