import { expect, it } from 'vitest';
import { runWithout } from '../support/without-module.js';

const begin = `
  import { connect } from 'asterisk-ari';
  import { startAsterisk } from 'asterisk-ari/testing';
  const asterisk = await startAsterisk();
  const client = await connect(asterisk.url, asterisk.username, asterisk.password);`;
const end = `
  await client.close();
  await asterisk.close();`;

it('node-fetch is not loaded on the way to the first event', () => {
  const { output } = runWithout(
    'node-fetch',
    `${begin}
    const started = client.waitFor('StasisStart', { timeoutMs: 10_000 });
    await client.start('hello');
    await client.channels.originate({ endpoint: 'Local/wait@default', app: 'hello' });
    console.log((await started).type, (await client.asterisk.ping()).ping);
    ${end}`,
  );
  expect(output).toBe('StasisStart pong\n');
});

it('a file loads it', () => {
  const { output } = runWithout(
    'node-fetch',
    `${begin}
    await client.recordings.getStoredFile({ recordingName: 'none' }).catch((error) => console.log(error.cause.message));
    ${end}`,
  );
  expect(output).toMatch(/node-fetch is asked for by .*\.js/);
});
