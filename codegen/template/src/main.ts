/**
 * Runs the application until it is interrupted, on the Asterisk of ARI_URL, ARI_USERNAME and ARI_PASSWORD. Without
 * ARI_URL it shows a call on a double of one.
 */
import { connect } from 'asterisk-ari';
import { hello } from './hello.js';

const { ARI_URL, ARI_USERNAME = '', ARI_PASSWORD = '' } = process.env;

if (ARI_URL) {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());

  await using client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
  hello(client);
  client.onApplicationRegistered('hello', () => {
    console.log(`hello runs on Asterisk ${client.asteriskVersion}; Stasis(hello) of a dialplan leads to it.`);
  });
  await client.run('hello', { signal: interrupted.signal });
} else {
  const { demo } = await import('./demo.js');
  await demo();
}
