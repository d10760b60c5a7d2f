import { objectAt } from './objects.js';
import { isSource } from './sources.js';
import type { DomainObject } from './types.js';

/** What a parameter is, as far as its meaning goes. */
interface ParameterPlace {
  readonly operation: string;
  readonly path: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
}

/**
 * Query parameters whose value is the id of an object, by their names; `source`: the URI of an event source; `subject`:
 * the same, of what a user event may be about.
 */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['app', 'Application'],
  ['application', 'Application'],
  ['bridgeId', 'Bridge'],
  ['caller', 'Channel'],
  ['channel', 'Channel'],
  ['channelId', 'Channel'],
  ['destinationRecordingName', 'StoredRecording'],
  ['endpoint', 'Endpoint'],
  ['eventSource', 'source'],
  ['originator', 'Channel'],
  ['otherChannelId', 'Channel'],
  ['playbackId', 'Playback'],
  ['snoopId', 'Channel'],
  ['source', 'subject'],
]);

/** Where a name means an object in some operations only. */
const BY_OPERATION: ReadonlyMap<string, string> = new Map([
  ['bridges.record(name)', 'LiveRecording'],
  ['channels.record(name)', 'LiveRecording'],
]);

/**
 * Path parameters that stand for an object without being the place of one: `/bridges/{bridgeId}/videoSource/{channelId}`,
 * or an id for an object that is to be made.
 */
const PATH_BY_NAME: ReadonlyMap<string, string> = new Map([
  ['channelId', 'Channel'],
  ['playbackId', 'Playback'],
  ['snoopId', 'Channel'],
]);

/** The kind of object that may be given in place of a parameter's text, if any. */
export function acceptedObject(place: ParameterPlace, objects: readonly DomainObject[]): string | undefined {
  const name = place.in === 'path' ? objectOfPath(place, objects) : objectOfQuery(place);
  return isSource(name) || objects.some((object) => object.name === name) ? name : undefined;
}

/** A parameter that is an object's whole identity; one of several keys is only a part of it. */
function objectOfPath({ path, name }: ParameterPlace, objects: readonly DomainObject[]): string | undefined {
  const object = objectAt(path, objects);
  const keys = object?.keys.map(({ parameter }) => parameter) ?? [];
  if (keys.includes(name)) return keys.length === 1 ? object?.name : undefined;
  return PATH_BY_NAME.get(name);
}

function objectOfQuery(place: ParameterPlace): string | undefined {
  if (place.in !== 'query') return undefined;
  return BY_OPERATION.get(`${place.operation}(${place.name})`) ?? BY_NAME.get(place.name);
}
