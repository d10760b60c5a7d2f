import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AriClient } from 'asterisk-ari';
import { WavFile } from 'asterisk-ari/media';
import { callMedia, ownArgument } from './call-media.js';

/** Records every caller of an application to a WAV file of their own, until they hang up. */
export function recorder(client: AriClient, app: string, folder: string, log: (text: string) => void): void {
  client.channels.on('StasisStart', async (caller, { args }) => {
    if (args[0] === ownArgument) return;
    const file = join(folder, `${encodeURIComponent(caller.id)}.wav`);
    // Nothing is said to them: audio comes in only.
    await callMedia(client, caller, { app, format: 'slin16', direction: 'in' }, async (media) => {
      const wav = new WavFile(file, { format: media.info.format });
      // It ends with the call, and so does the file.
      await pipeline(media.readable(), wav);
      log(`${file}: ${wav.durationMs} ms, ${media.droppedMs} ms dropped`);
    });
  });
}
