import { flatten, normalise } from './normalise.js';
import type { EventTrace, ObjectTrace } from './trace.js';

type Fields = Readonly<Record<string, unknown>>;

/** Fields in which events carry objects: what kind that is, and what tells one from another. */
const carriers: Readonly<Record<string, (data: Fields) => readonly [id: unknown, label: string]>> = {
  channel: channelLabel,
  peer: channelLabel,
  caller: channelLabel,
  replace_channel: channelLabel,
  bridge: (bridge) => [bridge['id'], `bridge ${String(bridge['bridge_type'])}`],
  playback: (playback) => [playback['id'], `playback on ${String(playback['target_uri']).split(':')[0]}`],
  recording: (recording) => [recording['name'], `recording ${String(recording['name'])}`],
  endpoint: (endpoint) => [
    `${String(endpoint['technology'])}/${String(endpoint['resource'])}`,
    `endpoint ${String(endpoint['technology'])}/${String(endpoint['resource'])}`,
  ],
  device_state: (device) => [device['name'], `device ${String(device['name'])}`],
};

function channelLabel(channel: Fields): readonly [unknown, string] {
  // The name of a snoop contains the id of its channel.
  return [channel['id'], `channel ${String(channel['name']).replace(/^(Snoop)\/.*/, '$1')}`];
}

/** Sorts the events of a scenario by application and object. */
export class ObjectTraces {
  readonly #app: string;
  readonly #objects = new Map<string, { object: string; events: EventTrace[] }>();

  constructor(app: string) {
    this.#app = app;
  }

  add(event: Fields): void {
    const trace: EventTrace = { type: String(event['type']), fields: flatten(event, this.#app) };
    const application = String(event['application']);
    const carried = Object.entries(carriers).flatMap(([field, describe]) => {
      const data = event[field];
      return data !== null && typeof data === 'object' ? [describe(data as Fields)] : [];
    });
    for (const [id, label] of carried.length > 0 ? carried : [['', 'nothing'] as const]) {
      const key = `${application} ${label.split(' ')[0]} ${String(id)}`;
      let object = this.#objects.get(key);
      if (object === undefined) {
        object = { object: normalise(`${application} ${label}`, this.#app), events: [] };
        this.#objects.set(key, object);
      }
      object.events.push(trace);
    }
  }

  get traces(): ObjectTrace[] {
    return [...this.#objects.values()];
  }
}
