import type { AriEvent } from 'asterisk-ari';
import type { Data } from '../shared/objects.js';
import type { Client } from './connect.js';

/** Most objects of a kind that are remembered. */
const MOST = 1000;

/** Playbacks and live recordings, of which Asterisk has no list: as events tell of them. */
export class Passing {
  readonly playbacks = new Map<string, Data>();
  readonly recordings = new Map<string, Data>();

  constructor(client: Client) {
    client.on(['PlaybackStarted', 'PlaybackContinuing'], ({ playback }) => {
      remember(this.playbacks, playback.id, playback);
    });
    client.on('PlaybackFinished', ({ playback }) => this.playbacks.delete(playback.id));
    client.on('RecordingStarted', ({ recording }) => remember(this.recordings, recording.name, recording));
    client.on(['RecordingFinished', 'RecordingFailed'], ({ recording }: AriEvent & { recording: { name: string } }) =>
      this.recordings.delete(recording.name),
    );
    // What ended meanwhile was not heard.
    client.on('gap', () => {
      this.playbacks.clear();
      this.recordings.clear();
    });
  }
}

function remember(known: Map<string, Data>, id: string, object: { toJSON(): unknown }): void {
  if (known.size >= MOST) known.delete(known.keys().next().value ?? '');
  known.set(id, object.toJSON() as Data);
}
