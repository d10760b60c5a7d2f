import { AutoAdvance } from './control/auto-advance.js';
import { Faults } from './control/faults.js';
import { Journal } from './control/journal.js';
import { TestAsterisk } from './control/test-asterisk.js';
import { TestClock } from './control/test-clock.js';
import { tellFailure } from './tell-failure.js';
import { check } from './checks/check.js';
import { asteriskOptions } from './checks/options.js';
import { documentFolder, loadDocuments, releaseOf } from './docs/load.js';
import type { Clock } from './engine/clock.js';
import { mergeDialplans } from './engine/dialplan/merge.js';
import { DEFAULT_DIALPLAN } from './engine/dialplan/default-dialplan.js';
import { Engine } from './engine/engine.js';
import { RealClock } from './engine/real-clock.js';
import { VirtualClock } from './engine/virtual-clock.js';
import { HttpServer } from './http/server.js';
import {
  DEFAULT_ENDPOINTS,
  DEFAULT_ENTITY_ID,
  DEFAULT_VERSION,
  DEFAULT_USERS,
  type TestAsteriskOptions,
} from './options.js';
import { takesRequestsOnSockets } from './release.js';
import { Exchange } from './rest/exchange.js';
import { RestService } from './rest/rest-service.js';
import { MediaSockets } from './media/media-sockets.js';
import { OutgoingConnections } from './media/outgoing-connections.js';
import { OutboundConnections } from './websocket/outbound-connections.js';
import { EventSockets } from './websocket/event-sockets.js';

/**
 * Starts an Asterisk that is not one: a server in this process that answers ARI as Asterisk does, with calls that a
 * test makes. Any number of them can run at a time; `close()` leaves nothing behind.
 * @throws {AriValidationError} for an option that does not exist, or has a value that means nothing
 */
export async function startAsterisk(options: TestAsteriskOptions = {}): Promise<TestAsterisk> {
  check('startAsterisk', { options }, { options: asteriskOptions });
  const release = releaseOf(options.version ?? DEFAULT_VERSION);
  const documents = loadDocuments(options.apiDocs ?? documentFolder(release));
  const users = options.users ?? DEFAULT_USERS;
  const prefix = normalPrefix(options.prefix ?? '');
  const name = `Asterisk/${release}`;
  const clock = makeClock(options);
  const auto = clock instanceof VirtualClock ? new AutoAdvance(clock, options.quietMs ?? 10) : undefined;
  const journal = new Journal(options.journalLimit ?? 10_000);
  const outgoing = new OutgoingConnections(() => engine);
  const engine: Engine = new Engine({
    release,
    outgoing,
    clock,
    dialplan: mergeDialplans(DEFAULT_DIALPLAN, options.dialplan ?? {}),
    endpoints: options.endpoints ?? DEFAULT_ENDPOINTS,
    sounds: options.sounds ?? {},
    recordings: options.recordings ?? {},
    entityId: options.entityId ?? DEFAULT_ENTITY_ID,
    observe: (event, applications) => journal.addEvent({ type: event.type, applications, event }),
    settled: () => auto?.touch(),
    failed: (error) => tellFailure(error, 'what nobody waits for'),
  });
  let booted = options.booted ?? true;
  const rest = new RestService({ engine, documents, users, prefix, booted: () => booted });
  const faults = new Faults({
    dropSockets: (application, code) => {
      sockets.drop(application, code);
      outbound.drop(application, code);
    },
    refuse: () => server.close(),
    accept: async () => {
      await server.listen(port);
    },
  });
  const exchange = new Exchange({ engine, rest, faults, journal, failed: tellFailure });
  const takesRequests = takesRequestsOnSockets(release);
  const sockets: EventSockets = new EventSockets({ engine, exchange: () => exchange, name, takesRequests });
  const media = new MediaSockets(engine, name);
  const outbound: OutboundConnections = new OutboundConnections({ engine, exchange: () => exchange, users });
  const server: HttpServer = new HttpServer({
    exchange,
    prefix,
    name,
    sessionLimit: options.sessionLimit ?? 100,
    keepAliveMs: options.keepAliveMs ?? 15_000,
    flushEvents: () => sockets.flush(),
    accept: (...request) => sockets.accept(...request),
    acceptMedia: (...request) => media.accept(...request),
  });
  const port = await server.listen(options.port ?? 0);
  engine.run(() => outbound.begin(options.outbound ?? []));
  if (auto) auto.enabled = options.autoAdvance ?? true;
  const [username = '', user] = Object.entries(users)[0] ?? [];
  return new TestAsterisk({
    url: `http://127.0.0.1:${port}${prefix}`,
    username,
    password: user?.password ?? '',
    release,
    engine,
    clock: new TestClock(clock, auto),
    faults,
    journal,
    setBooted: (value) => {
      booted = value;
    },
    close: async () => {
      auto?.close();
      engine.close();
      outgoing.close();
      outbound.close();
      await server.close();
    },
  });
}

function makeClock({ clock, speed }: TestAsteriskOptions): Clock {
  return clock === 'real' ? new RealClock(speed) : new VirtualClock();
}

/** `/asterisk` for `asterisk`, `/asterisk` and `/asterisk/`; empty for none. */
function normalPrefix(prefix: string): string {
  const bare = prefix.replaceAll(/^\/+|\/+$/g, '');
  return bare === '' ? '' : `/${bare}`;
}
