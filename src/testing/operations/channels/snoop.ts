import { NOWHERE } from '../../engine/channels/far-end.js';
import { expand } from '../../engine/dialplan/expand.js';
import { AriFailure } from '../../http/failure.js';
import { ok } from '../../http/reply.js';
import type { Handler, OperationCall } from '../handler.js';
import { readIds } from './endpoint.js';
import { requireProvidedChannel } from './require.js';

/** `POST /channels/{channelId}/snoop`, `POST /channels/{channelId}/snoop/{snoopId}` */
export const snoop: Handler = (call) => {
  const { engine, params } = call;
  const spy = readDirection(call, 'spy');
  const whisper = readDirection(call, 'whisper');
  if (spy === 'none' && whisper === 'none') {
    throw new AriFailure(400, 'Direction must be specified for at least spy or whisper');
  }
  const application = params.text('app');
  if (application === '') throw new AriFailure(400, 'Application name is required');
  const target = requireProvidedChannel(call);
  const id = params.text('snoopId');
  if (id !== '' && engine.channels.has(id)) throw new AriFailure(500, 'Snoop channel could not be created');
  readIds(params);
  const channel = engine.channels.add({
    id: id || engine.ids.channel(),
    name: `Snoop/${target.id}-${engine.ids.next('Snoop')}`,
    technology: 'Snoop',
    created: engine.clock.now(),
    state: 'Up',
    context: 'default',
    exten: 's',
    farEnd: NOWHERE,
  });
  // It ends with the channel that it listens to, without being asked to.
  engine.channels.onDestroyed(target, () => engine.soon(() => channel.owner?.hungUp()));
  const snapshot = channel.shown;
  // The dialplan runs it, so that variables in its arguments are replaced.
  const args = expand(engine, channel, params.text('appArgs'));
  engine.stasis.enterSoon(channel, application, args);
  return ok(snapshot);
};

function readDirection({ params }: OperationCall, name: string): string {
  const direction = params.text(name) || 'none';
  if (!['none', 'both', 'out', 'in'].includes(direction)) {
    throw new AriFailure(400, `Invalid direction specified for ${name}`);
  }
  return direction;
}
