import type { Handlers } from '../handler.js';
import { create, createWithId } from './create.js';
import { media } from './media.js';
import { members } from './members.js';
import { requireBridge } from './require.js';
import { variables } from './variables.js';
import { noContent, ok } from '../../http/reply.js';

export const bridges: Handlers = {
  ...media,
  ...members,
  ...variables,
  create,
  createWithId,

  list: ({ engine }) => ok(engine.bridges.list().map((bridge) => bridge.snapshot())),

  get: (call) => ok(requireBridge(call, 'Not Found').snapshot()),

  destroy: (call) => {
    call.engine.bridges.destroy(requireBridge(call));
    return noContent();
  },
};
