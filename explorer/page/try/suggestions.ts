import type { ParameterForm } from '../../shared/operation.js';
import type { Data } from '../../shared/objects.js';
import { now } from '../objects/now.js';
import { about } from '../state.js';

const ids = (list: readonly Data[] | undefined, field: string): string[] =>
  (list ?? []).flatMap((object) => (typeof object[field] === 'string' ? [object[field]] : []));

/** Values to propose for a parameter: those that are known, and ids of objects that there are. */
export function suggestions({ accepts, values = [] }: ParameterForm): readonly string[] {
  const objects = now.value;
  switch (accepts) {
    case 'Channel':
      return ids(objects?.channels, 'id');
    case 'Bridge':
      return ids(objects?.bridges, 'id');
    case 'Playback':
      return ids(objects?.playbacks, 'id');
    case 'LiveRecording':
      return ids(objects?.liveRecordings, 'name');
    case 'StoredRecording':
      return ids(objects?.storedRecordings, 'name');
    case 'Application':
      return [...new Set([...(about.value?.apps ?? []), ...ids(objects?.applications, 'name')])];
    case 'Endpoint':
      return (objects?.endpoints ?? []).map(({ technology, resource }) => `${String(technology)}/${String(resource)}`);
    default:
      return values;
  }
}
