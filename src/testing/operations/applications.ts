import type { Application } from '../engine/applications/application.js';
import { describeApplication, topicOfAll } from '../engine/applications/describe.js';
import type { Engine } from '../engine/engine.js';
import { AriFailure } from '../http/failure.js';
import { ok } from '../http/reply.js';
import type { Source } from '../engine/events.js';
import { type EventSource, readExistingSource, readSource } from './event-sources.js';
import type { Handlers, OperationCall } from './handler.js';

export const applications: Handlers = {
  list: ({ engine }) => ok(engine.applications.list().map(describeApplication)),

  get: ({ engine, params }) => ok(describeApplication(requireApplication(engine, params.text('applicationName')))),

  subscribe: (call) => {
    requireSources(call);
    const application = requireApplication(call.engine, call.params.text('applicationName'));
    // One after the other: what comes before a wrong one holds.
    for (const text of call.params.texts('eventSource')) {
      application.subscribe(readExistingSource(call.engine, text).uri);
    }
    return ok(describeApplication(application));
  },

  unsubscribe: (call) => {
    requireSources(call);
    const application = requireApplication(call.engine, call.params.text('applicationName'));
    const sources = call.params.texts('eventSource').map((uri) => readSource(call.engine, uri));
    for (const source of sources) unsubscribe(application, source);
    return ok(describeApplication(application));
  },

  filter: ({ engine, params, body }) => {
    const application = requireApplication(engine, params.text('applicationName'));
    application.filter.apply(body);
    return ok(describeApplication(application));
  },
};

function unsubscribe(application: Application, { scheme, id, uri }: EventSource): void {
  const all: Source = `${scheme}:`;
  const devices = scheme === 'deviceState';
  const whole = id === topicOfAll(scheme);
  // Who is subscribed to all devices stays so.
  if (devices && id !== '' && !whole && application.isSubscribed(all)) return;
  if (!application.isSubscribed(whole ? all : uri)) throw new AriFailure(422, 'Event source was not subscribed to');
  // Asterisk has no answer to this one, but takes the name under which it shows all of a kind.
  if (id === '' && !devices) throw new AriFailure(501, 'Method not implemented');
  application.unsubscribe(whole ? all : uri);
}

function requireSources({ params }: OperationCall): void {
  if (params.items('eventSource').length === 0) throw new AriFailure(400, 'Missing parameter eventSource');
}

export function requireApplication(engine: Engine, name: string): Application {
  const application = engine.applications.find(name);
  if (!application) throw new AriFailure(404, 'Application not found');
  return application;
}
