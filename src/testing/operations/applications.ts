import type { Application } from '../engine/applications/application.js';
import { describeApplication } from '../engine/applications/describe.js';
import type { Engine } from '../engine/engine.js';
import { AriFailure } from '../http/failure.js';
import { ok } from '../http/reply.js';
import { readExistingSource, readSource } from './event-sources.js';
import type { Handlers, OperationCall } from './handler.js';

export const applications: Handlers = {
  list: ({ engine }) => ok(engine.applications.list().map(describeApplication)),

  get: ({ engine, params }) => ok(describeApplication(requireApplication(engine, params.text('applicationName')))),

  subscribe: (call) => {
    const uris = requireSources(call);
    const application = requireApplication(call.engine, call.params.text('applicationName'));
    // One after the other: what comes before a wrong one holds.
    for (const text of uris) {
      const { scheme, uri } = readExistingSource(call.engine, text);
      // Who is subscribed to all of a kind needs no more; devices are not counted.
      const enough =
        application.isSubscribed(`${scheme}:`) || (scheme === 'deviceState' && application.isSubscribed(uri));
      if (!enough) application.subscribe(uri);
    }
    return ok(describeApplication(application));
  },

  unsubscribe: (call) => {
    const uris = requireSources(call);
    const application = requireApplication(call.engine, call.params.text('applicationName'));
    const sources = uris.map((uri) => readSource(call.engine, uri));
    for (const { scheme, id, uri } of sources) {
      // Asterisk has no answer to this one.
      if (id === '' && scheme !== 'deviceState') throw new AriFailure(501, 'Method not implemented');
      // Who is subscribed to all devices stays so.
      if (scheme === 'deviceState' && application.isSubscribed('deviceState:')) continue;
      if (!application.unsubscribe(uri)) throw new AriFailure(422, 'Event source was not subscribed to');
    }
    return ok(describeApplication(application));
  },

  filter: ({ engine, params, body }) => {
    const application = requireApplication(engine, params.text('applicationName'));
    application.filter.apply(body);
    return ok(describeApplication(application));
  },
};

function requireSources({ params }: OperationCall): readonly string[] {
  const sources = params.list('eventSource');
  if (sources.length === 0) throw new AriFailure(400, 'Missing parameter eventSource');
  return sources;
}

export function requireApplication(engine: Engine, name: string): Application {
  const application = engine.applications.find(name);
  if (!application) throw new AriFailure(404, 'Application not found');
  return application;
}
