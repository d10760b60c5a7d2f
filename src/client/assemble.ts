import type { Bindings } from '../contract/bindings.js';
import type { ClientCore } from '../contract/client-core.js';
import type { MakeObject } from '../events/carried-objects.js';
import { Dispatcher } from '../events/dispatcher.js';
import { ownEvents } from '../events/reader.js';
import { KindScope } from '../events/scopes.js';
import { SocketWire } from '../rest/socket-wire.js';
import { Activity } from '../support/activity.js';
import { Validator } from '../validation/validator.js';
import { EventFeed } from './event-feed.js';
import type { Business } from './idle.js';
import { ListenerFailures } from './listener-failures.js';
import { makeTransport } from './make-transport.js';
import { Registrations } from './registrations.js';
import { Requester } from './requester.js';
import type { Settings } from './settings.js';
import { Upkeep } from './upkeep.js';

/** What a client acts through. */
export interface ClientParts {
  readonly core: ClientCore;
  readonly validator: Validator;
  readonly requester: Requester;
  readonly dispatcher: Dispatcher;
  readonly registrations: Registrations;
  readonly upkeep: Upkeep;
  readonly events: EventFeed;
  readonly failures: ListenerFailures;
  readonly business: Business;
}

/** Carries out an operation. */
type Invoke = (...call: Parameters<ClientCore['invoke']>) => Promise<unknown>;

/** Puts a client together. @param invoke what repositories and domain objects call */
export function assemble(bindings: Bindings, settings: Settings, invoke: Invoke): ClientParts {
  const { logger, redact, transport, throws } = settings;
  const make: MakeObject = (binding, data) => new binding.class(core, data);
  const notify =
    (notice: string) =>
    (detail: unknown): boolean =>
      dispatcher.notify(notice, detail);

  const business: Business = { listeners: new Activity(), requests: new Activity() };
  const failures = new ListenerFailures({ logger, redact, throws }, notify('listenerError'));
  const validator = new Validator(bindings, settings, notify('invalid'));
  const isTrusted = settings.acceptance !== undefined;
  const wire = new SocketWire(() => requester.server, logger, isTrusted);
  const reader = { bindings, make, check: validator.checkAnswer.bind(validator), redact };
  const requester = new Requester(settings, makeTransport(settings, wire), reader, () => validator.ready());
  const dispatcher = new Dispatcher(bindings, {
    make,
    onFailure: (error, event) => failures.report(error, event),
    activity: business.listeners,
    onParting: (kind, id) => upkeep.parted(kind, id),
    onDoubt: (kind, id) => upkeep.doubted(kind, id),
    alwaysRead: [...ownEvents, ...wire.messageTypes],
    gate: validator,
  });
  const upkeep = new Upkeep(dispatcher, (...request) => requester.request(...request), settings);
  const registrations = new Registrations(
    (error, app) => failures.report(error, { type: `application ${app}` }),
    business.listeners,
  );
  const isCarried = transport === 'http' || settings.acceptance?.transport !== undefined;
  const socketUser = isCarried ? undefined : wire;
  const events = new EventFeed({ settings, dispatcher, registrations, upkeep, socketUser });
  const core: ClientCore = {
    objects: bindings.objects,
    scopeOf: (kind, id, existence) => new KindScope(dispatcher, kind, id, existence),
    invoke: invoke as ClientCore['invoke'],
  };
  return { core, validator, requester, dispatcher, registrations, upkeep, events, failures, business };
}
