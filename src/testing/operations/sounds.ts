import { AriFailure } from '../http/failure.js';
import { ok } from '../http/reply.js';
import type { Handlers } from './handler.js';

export const sounds: Handlers = {
  list: ({ engine, params }) => {
    const found = engine.sounds.list(params.text('lang'), params.text('format'));
    if (found.length === 0) throw new AriFailure(404, 'No sounds found that matched the query');
    return ok(found);
  },

  get: ({ engine, params }) => {
    const sound = engine.sounds.describe(params.text('soundId'));
    if (!sound) throw new AriFailure(404, 'Sound not found');
    return ok(sound);
  },
};
