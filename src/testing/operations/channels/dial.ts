import { Dial } from '../../engine/channels/dial.js';
import { hangUp } from '../../engine/channels/hangup.js';
import { AriFailure, FatalRequest } from '../../http/failure.js';
import { noContent } from '../../http/reply.js';
import type { Handler } from '../handler.js';
import { requireControlled } from './require.js';

/** Cause of the hang-up of a channel that nobody answers. */
const NO_ANSWER = 19;

/** `POST /channels/{channelId}/dial` */
export const dial: Handler = (call) => {
  const { engine, params } = call;
  const { channel, stay } = requireControlled(call);
  const caller = engine.channels.find(params.text('caller'));
  if (channel.state !== 'Down' && channel.state !== 'Rsrvd') {
    throw new AriFailure(409, "Channel is not in the 'Down' state");
  }
  const { dialString } = channel;
  if (dialString === undefined) throw new AriFailure(409, 'Dialing a channel not created by ARI');
  if (channel.dialled) throw new FatalRequest('this channel was dialled already');
  channel.dialled = true;
  if (caller) engine.channels.setConnected(channel, caller.caller);
  const seconds = params.number('timeout');
  stay.commands.push({
    start: (done) => {
      channel.inDialBridge = true;
      new Dial(engine, {
        channel,
        dialString,
        originated: false,
        timeoutMs: seconds > 0 ? seconds * 1000 : undefined,
        answered: () => {},
        // Only one that is not answered in time, or cannot be dialled, is hung up; any other is left to the application.
        failed: (status) => {
          if (status === 'NOANSWER') hangUp(engine, channel, NO_ANSWER);
          else if (status === '') hangUp(engine, channel, 0);
        },
      }).start();
      done();
    },
  });
  return noContent();
};
