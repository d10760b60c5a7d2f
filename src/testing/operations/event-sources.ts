import type { SourceScheme } from '../engine/applications/application.js';
import type { Engine } from '../engine/engine.js';
import type { Source } from '../engine/events.js';
import { AriFailure } from '../http/failure.js';

/** An event source as a request names it. */
export interface EventSource {
  readonly scheme: SourceScheme;
  /** Empty for all of the scheme. */
  readonly id: string;
  readonly uri: Source;
}

const SCHEMES: readonly string[] = ['channel', 'bridge', 'endpoint', 'deviceState'];

/** Reads `scheme:id`. A channel may be named by its name as well. */
export function readSource(engine: Engine, text: string): EventSource {
  const [, scheme = '', id = ''] = /^([A-Za-z]+):(.*)$/s.exec(text) ?? [];
  if (!isScheme(scheme)) throw new AriFailure(400, 'Invalid event source URI scheme');
  const exact = scheme === 'channel' ? (engine.channels.find(id)?.id ?? id) : id;
  return { scheme, id: exact, uri: `${scheme}:${exact}` };
}

/** The same for a source that must exist. */
export function readExistingSource(engine: Engine, text: string, message = 'Event source does not exist'): EventSource {
  const source = readSource(engine, text);
  if (source.id !== '' && !exists(engine, source.scheme, source.id)) throw new AriFailure(422, message);
  return source;
}

function exists(engine: Engine, scheme: SourceScheme, id: string): boolean {
  if (scheme === 'channel') return engine.channels.has(id);
  if (scheme === 'bridge') return engine.bridges.find(id) !== undefined;
  // Any name may be the name of a device.
  if (scheme === 'deviceState') return true;
  const [technology = '', resource] = id.split('/');
  return resource === undefined
    ? engine.endpoints.isTechnology(technology)
    : engine.endpoints.has(technology, resource);
}

function isScheme(text: string): text is SourceScheme {
  return SCHEMES.includes(text);
}
