import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { hello } from './hello.js';

/** The application and a caller who presses 1 and #, on the double of an Asterisk that the SDK brings: event by event. */
export async function demo(): Promise<void> {
  await using asterisk = await startAsterisk();
  await using client = await connect(asterisk.url, asterisk.username, asterisk.password);
  client.on('*', (event) => console.log(`  ${event.type}`));
  hello(client);
  await client.start('hello');

  const over = client.waitFor('StasisEnd', { timeoutMs: 10_000 });
  const caller = asterisk.call({ to: 'stasis-hello', from: 'Ann <100>' });
  for (const [sound, digit] of [
    ['sound:hello-world', '1'],
    ['sound:digits/1', '#'],
  ] as const) {
    await caller.hears(sound);
    console.log(`The caller has heard ${sound} and presses ${digit}.`);
    caller.press(digit);
  }
  await over;
  console.log('The call is over.');
}
