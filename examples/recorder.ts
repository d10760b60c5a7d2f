/**
 * Records callers to WAV files in a folder for temporary files, one each. What they say goes through this program, which could
 * as well send it elsewhere. The demonstration's caller is a program, too.
 *
 *     StasisStart → answer → a channel whose audio this program has → a bridge with both
 *     audio, 50 times a second → the file
 *     StasisEnd → the end of the audio, and of the file
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recorder } from './media/recorder-application.js';
import { example } from './support/example.js';
import { Speaker } from './support/speaker.js';

const app = 'recorder';

export default example(import.meta.url, {
  app,
  start(client, _endpoint, say) {
    recorder(client, app, mkdtempSync(join(tmpdir(), 'ari-recordings-')), (text) => say(`recorded ${text}`));
  },
  async demo(_phones, { client }) {
    const ann = await Speaker.call(client, app);
    await ann.says(1_000);
    await ann.hangup();
  },
});
