import { AriFailure } from '../../http/failure.js';
import { created } from '../../http/reply.js';
import type { Handler, Handlers } from '../handler.js';
import { readPlay, readRecord } from '../media.js';
import { requireControlled, requireEstablished } from './require.js';

const play: Handler = (call) => {
  const { channel, stay } = requireEstablished(call);
  const options = readPlay(call, new AriFailure(500, 'Failed to queue media for playback'));
  if (options.skipMs < 0) throw new AriFailure(400, 'skipms cannot be negative');
  if (options.offsetMs < 0) throw new AriFailure(400, 'offsetms cannot be negative');
  const playback = call.engine.playbacks.onChannel(channel, stay.commands, options);
  return created(`/playbacks/${playback.request.id}`, playback.toJSON());
};

export const media: Handlers = {
  play,
  playWithId: play,

  record: (call) => {
    const { params, engine } = call;
    if (params.number('maxDurationSeconds') < 0) {
      throw new AriFailure(400, 'max_duration_seconds cannot be negative');
    }
    if (params.number('maxSilenceSeconds') < 0) throw new AriFailure(400, 'max_silence_seconds cannot be negative');
    const { channel, stay } = requireControlled(call);
    const options = readRecord(call);
    const recording = engine.liveRecordings.ofChannel(channel, stay, options);
    return created(`/recordings/live/${encodeURIComponent(options.name)}`, recording.toJSON());
  },
};
