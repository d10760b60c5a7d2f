/**
 * Records what an application and Asterisk say to each other, and shows it: as a ladder on the terminal, as a page, and as
 * JSON lines that can be replayed.
 *
 *     StasisStart → answer → play hello-world → PlaybackFinished → hang up → StasisEnd
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AriClient, Channel } from 'asterisk-ari';
import { html, ladder, record, stringify, type Recorder } from 'asterisk-ari/trace';
import { example } from './support/example.js';

async function greet(channel: Channel): Promise<void> {
  await channel.answer();
  const playback = await channel.play({ media: 'sound:hello-world' });
  await playback.waitFor('PlaybackFinished');
  await channel.hangup();
}

/** Writes a page and JSON lines into a folder of their own. @returns the folder */
async function save({ entries }: Recorder): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ari-trace-'));
  await writeFile(join(folder, 'call.html'), html(entries, { title: 'hello' }));
  await writeFile(join(folder, 'call.jsonl'), stringify(entries));
  return folder;
}

export default example(import.meta.url, {
  app: 'trace',
  start(client: AriClient, _endpoint, say) {
    const recorder = record({ clients: { trace: client } });
    client.channels.on('StasisStart', greet);
    return async () => {
      recorder.stop();
      say(ladder(recorder.entries));
      say(`call.html opens in a browser, call.jsonl can be replayed: ${await save(recorder)}`);
    };
  },
  async demo({ call }) {
    const ann = await call('ann');
    await ann.hears('sound:hello-world');
    await ann.ended();
  },
});
