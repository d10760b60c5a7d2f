import { AriFailure } from '../../http/failure.js';
import { ok } from '../../http/reply.js';
import type { Handlers } from '../handler.js';
import { requireChannel } from './require.js';

export const read: Handlers = {
  list: ({ engine }) => ok(engine.channels.list().map((channel) => channel.shown)),

  get: (call) => ok(requireChannel(call).shown),

  // The double's channels have no RTP.
  rtpstatistics: (call) => {
    requireChannel(call);
    throw new AriFailure(403, 'Unsupported channel type');
  },
};
