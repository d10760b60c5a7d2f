import type { Engine } from '../engine/engine.js';
import { OPERATIONS, type Playback } from '../engine/playbacks/playback.js';
import { AriFailure } from '../http/failure.js';
import { noContent, ok } from '../http/reply.js';
import type { Handlers } from './handler.js';

export const playbacks: Handlers = {
  get: ({ engine, params }) => ok(requirePlayback(engine, params.text('playbackId')).toJSON()),

  stop: ({ engine, params }) => {
    const playback = requirePlayback(engine, params.text('playbackId'));
    playback.stop();
    return noContent();
  },

  control: ({ engine, params }) => {
    if (!params.has('operation')) throw new AriFailure(400, 'Missing operation');
    const operation = params.text('operation');
    if (!OPERATIONS.has(operation)) throw new AriFailure(400, `Invalid operation ${operation}`);
    requirePlayback(engine, params.text('playbackId')).control(operation);
    return noContent();
  },
};

function requirePlayback(engine: Engine, id: string): Playback {
  const playback = engine.playbacks.find(id);
  if (!playback) throw new AriFailure(404, 'Playback not found');
  return playback;
}
