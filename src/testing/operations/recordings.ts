import type { RecordingOperation } from '../engine/recordings/live-recording.js';
import type { StoredRecording } from '../engine/recordings/stored-recordings.js';
import { binary, noContent, ok } from '../http/reply.js';
import type { Handler, Handlers } from './handler.js';

export const recordings: Handlers = {
  listStored: ({ engine }) => ok(engine.storedRecordings.list().map(describe)),

  getStored: ({ engine, params }) => ok(describe(engine.storedRecordings.get(params.text('recordingName')))),

  getStoredFile: ({ engine, params }) => {
    const { format, content } = engine.storedRecordings.get(params.text('recordingName'));
    return binary(`${/^h26\d$/.test(format) ? 'video' : 'audio'}/${format}`, content);
  },

  copyStored: ({ engine, params }) => {
    const { storedRecordings } = engine;
    return ok(describe(storedRecordings.copy(params.text('recordingName'), params.text('destinationRecordingName'))));
  },

  deleteStored: ({ engine, params }) => {
    engine.storedRecordings.delete(params.text('recordingName'));
    return noContent();
  },

  getLive: ({ engine, params }) => ok(engine.liveRecordings.get(params.text('recordingName')).toJSON()),

  cancel: operate('cancel'),
  stop: operate('stop'),
  pause: operate('pause'),
  unpause: operate('unpause'),
  mute: operate('mute'),
  unmute: operate('unmute'),
};

function operate(operation: RecordingOperation): Handler {
  return ({ engine, params }) => {
    engine.liveRecordings.get(params.text('recordingName')).operate(operation);
    return noContent();
  };
}

function describe({ name, format }: StoredRecording): Record<string, unknown> {
  return { name, format };
}
