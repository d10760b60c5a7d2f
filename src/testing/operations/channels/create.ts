import { requestChannel } from '../../engine/channels/technologies.js';
import { source } from '../../engine/events.js';
import { AriFailure } from '../../http/failure.js';
import { ok } from '../../http/reply.js';
import type { Handler } from '../handler.js';
import { readVariables, variablesIn } from '../variables.js';
import { applyVariables } from './variables.js';
import { readEndpoint, refuseBoth, requireFormats } from './endpoint.js';

/** `POST /channels/create` */
export const create: Handler = ({ engine, params, body }) => {
  const variables = readVariables(variablesIn(body));
  const ids = { id: params.text('channelId'), otherId: params.text('otherChannelId') };
  refuseBoth(params);
  if (params.text('endpoint') === '') throw new AriFailure(400, 'Endpoint must be specified');
  requireFormats(params);
  const { technology, resource } = readEndpoint(params.text('endpoint'));
  const application = params.text('app');
  const originator = engine.channels.find(params.text('originator'));
  if (originator) engine.applications.subscribe(application, source.channel(originator.id));
  const channel = requestChannel(engine, technology, resource, ids, params.text('formats'));
  channel.dialString = resource;
  engine.applications.subscribe(application, source.channel(channel.id));
  applyVariables(engine, channel, variables);
  const snapshot = channel.shown;
  const args = params.text('appArgs');
  engine.stasis.enterSoon(channel, application, args);
  return ok(snapshot);
};
