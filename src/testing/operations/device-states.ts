import { noContent, ok } from '../http/reply.js';
import type { Handlers } from './handler.js';

export const deviceStates: Handlers = {
  list: ({ engine }) => ok(engine.deviceStates.list()),

  get: ({ engine, params }) => {
    const name = params.text('deviceName');
    return ok({ name, state: engine.deviceStates.stateOf(name) });
  },

  update: ({ engine, params }) => {
    engine.deviceStates.update(params.text('deviceName'), params.text('deviceState'));
    return noContent();
  },

  delete: ({ engine, params }) => {
    engine.deviceStates.delete(params.text('deviceName'));
    return noContent();
  },
};
