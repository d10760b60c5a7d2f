import { CAUSE_BY_REASON } from '../../engine/causes.js';
import { hangUp } from '../../engine/channels/hangup.js';
import { AriFailure } from '../../http/failure.js';
import { noContent } from '../../http/reply.js';
import { toInteger } from '../../params/values.js';
import type { Handler, OperationCall } from '../handler.js';
import { requireChannel } from './require.js';

/** `DELETE /channels/{channelId}` */
export const hangup: Handler = (call) => {
  const channel = requireChannel(call);
  hangUp(call.engine, channel, readCause(call));
  return noContent();
};

function readCause({ params }: OperationCall): number {
  const reason = params.text('reason');
  const code = params.text('reason_code');
  if (reason !== '' && code !== '') {
    throw new AriFailure(400, "The reason and reason_code can't both be specified");
  }
  if (code !== '') {
    if (!/^\s*[+-]?\d/.test(code))
      throw new AriFailure(400, 'Invalid reason for hangup reason code provided', 'Invalid Reason Code');
    return toInteger(code);
  }
  const cause = CAUSE_BY_REASON.get(reason);
  if (cause === undefined) throw new AriFailure(400, 'Invalid reason for hangup reason provided', 'Invalid Reason');
  return cause;
}
