import { dropOldest } from '../../../support/drop-oldest.js';
import { carriedIn } from '../../relay/carried-ids.js';

/** Most things whose dialogs are remembered. */
const maxBound = 50_000;

/** Kinds of keys of what events carry. */
const kinds = { channel: 'channel', bridge: 'bridge', playback: 'playback', recording: 'liverecording' } as const;

/** The last events of things, and where in them these are. */
const endings: Readonly<Record<string, readonly [kind: string, field: string, id: string]>> = {
  ChannelDestroyed: ['channel', 'channel', 'id'],
  BridgeDestroyed: ['bridge', 'bridge', 'id'],
  PlaybackFinished: ['playback', 'playback', 'id'],
  RecordingFinished: ['liverecording', 'recording', 'name'],
  RecordingFailed: ['liverecording', 'recording', 'name'],
};

/** Which dialogs have the events of which things. They are forgotten with the things. */
export class Dialogs {
  readonly #bound = new Map<string, Set<string>>();

  bind(dialog: string, kind: string, id: string): void {
    if (dialog === '' || id === '') {
      return;
    }
    const key = `${kind} ${id}`;
    const dialogs = this.#bound.get(key) ?? new Set();
    dialogs.add(dialog);
    this.#bound.set(key, dialogs);
    dropOldest(this.#bound, maxBound);
  }

  unbind(dialog: string, kind: string, id: string): void {
    const key = `${kind} ${id}`;
    const dialogs = this.#bound.get(key);
    dialogs?.delete(dialog);
    if (dialogs?.size === 0) {
      this.#bound.delete(key);
    }
  }

  /** The dialogs that an event is for. */
  of(event: object): Set<string> {
    const found = new Set<string>();
    if (this.#bound.size > 0) {
      for (const key of keysIn(event)) {
        this.#bound.get(key)?.forEach((dialog) => found.add(dialog));
      }
    }
    return found;
  }

  /** After an event, what it was the last one of is forgotten. */
  past(event: object): void {
    const { type, ...fields } = event as Readonly<Record<string, unknown>>;
    const ending = endings[String(type)];
    if (ending !== undefined) {
      const [kind, field, id] = ending;
      this.#bound.delete(`${kind} ${String((fields[field] as Record<string, unknown> | undefined)?.[id])}`);
    }
  }
}

function keysIn(event: object): string[] {
  const { endpoint, device_state: device } = event as Record<string, Record<string, unknown> | undefined>;
  return [
    ...carriedIn(event).map(({ kind, id }) => `${kinds[kind]} ${id}`),
    ...(endpoint === undefined ? [] : [`endpoint ${String(endpoint['technology'])}/${String(endpoint['resource'])}`]),
    ...(device === undefined ? [] : [`devicestate ${String(device['name'])}`]),
  ];
}
