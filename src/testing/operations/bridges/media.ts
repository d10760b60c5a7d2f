import { addHelperChannel } from '../../engine/bridges/helpers.js';
import { AllocationFailure, AriFailure, FatalRequest } from '../../http/failure.js';
import { created, noContent } from '../../http/reply.js';
import { isFormat } from '../channels/endpoint.js';
import type { Handler, Handlers } from '../handler.js';
import { readPlay, readRecord, requireFileFormat } from '../media.js';
import { requireBridge } from './require.js';

const play: Handler = (call) => {
  const bridge = requireBridge(call);
  const format = call.params.text('announcer_format');
  if (format !== '' && !bridge.announcer && !isFormat(format)) {
    throw new AriFailure(422, 'specified announcer_format is unknown on this system');
  }
  if (format === 'none' && !bridge.announcer) {
    throw new AriFailure(500, 'Could not create playback channel', 'Internal Error');
  }
  const options = readPlay(call, new AllocationFailure());
  if (options.skipMs < 0 || options.offsetMs < 0) throw new AllocationFailure();
  const playback = call.engine.playbacks.onBridge(bridge, options);
  return created(`/playbacks/${playback.request.id}`, playback.toJSON());
};

export const media: Handlers = {
  play,
  playWithId: play,

  record: (call) => {
    const bridge = requireBridge(call);
    if (!call.params.has('format')) throw new FatalRequest('a recording of a bridge needs a format');
    requireFileFormat(call.params.text('format'));
    const format = call.params.text('recorder_format');
    if (format !== '' && !isFormat(format)) {
      throw new AriFailure(422, 'specified recorder_format is unknown on this system');
    }
    if (format === 'none') throw new AriFailure(500, 'Failed to create recording channel');
    const options = readRecord(call);
    const recording = call.engine.liveRecordings.ofBridge(bridge, options);
    return created(`/recordings/live/${encodeURIComponent(options.name)}`, recording.toJSON());
  },

  startMoh: (call) => {
    const bridge = requireBridge(call);
    bridge.music ??= addHelperChannel(call.engine, bridge, 'Announcer/ARI_MOH');
    return noContent();
  },

  stopMoh: (call) => {
    const bridge = requireBridge(call);
    if (!bridge.music) throw new AriFailure(409, "Bridge isn't playing music");
    call.engine.channels.destroy(bridge.music);
    bridge.music = undefined;
    return noContent();
  },
};
