import type { Engine } from '../engine/engine.js';
import { source } from '../engine/events.js';
import { AriFailure } from '../http/failure.js';
import { noContent } from '../http/reply.js';
import { isObject } from '../params/bind.js';
import { requireApplication } from './applications.js';
import { type EventSource, readExistingSource } from './event-sources.js';
import type { Handlers } from './handler.js';
import { variablesIn } from './variables.js';

export const events: Handlers = {
  userEvent: ({ engine, params, body }) => {
    if (params.text('application') === '') throw new AriFailure(400, 'Missing parameter application');
    const { name } = requireApplication(engine, params.text('application'));
    const variables = variablesIn(body);
    if (variables !== undefined && !isObject(variables)) throw new AriFailure(500, 'Error processing request');
    const sources = params.texts('source').map((uri) => readUserSource(engine, uri));
    const eventname = params.text('eventName');
    const event = {
      type: 'ChannelUserevent',
      eventname,
      userevent: { ...variables, eventname },
      // Of several objects of one kind the last is told.
      ...Object.fromEntries(sources.map((one) => [one.scheme, describe(engine, one)])),
    };
    engine.publish(event, [source.application(name)]);
    return noContent();
  },

  claimChannel: ({ engine, params }) => {
    const channelId = params.text('channelId');
    const application = params.text('application');
    if (channelId === '') throw new AriFailure(400, 'channelId parameter is required');
    if (application === '') throw new AriFailure(400, 'application parameter is required');
    engine.broadcasts.claim(channelId, application);
    return noContent();
  },
};

function readUserSource(engine: Engine, uri: string): EventSource {
  if (uri.startsWith('deviceState:')) throw new AriFailure(400, 'Invalid event source URI scheme');
  return readExistingSource(engine, uri, 'Event source was not found');
}

function describe(engine: Engine, { scheme, id }: EventSource): unknown {
  if (scheme === 'channel') {
    const channel = engine.channels.find(id);
    return channel && channel.shown;
  }
  if (scheme === 'bridge') return engine.bridges.find(id)?.snapshot();
  const [technology = '', resource = ''] = id.split('/');
  return engine.endpoints.get(technology, resource);
}
