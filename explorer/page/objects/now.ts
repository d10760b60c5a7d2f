import { effect, signal } from '@preact/signals';
import type { ObjectsNow } from '../../shared/objects.js';
import { log } from '../live/log.js';
import { getJson } from '../request.js';
import { isOnline, tab } from '../state.js';

/** What there is, as it was when it was last asked for. */
export const now = signal<ObjectsNow | undefined>(undefined);
export const failure = signal('');

/** Between two questions. */
const PAUSE_MS = 700;

let isAsking = false;
let isStale = false;
let stands = -1;

/** Asks for it; while it is being asked for, once more afterwards. */
export async function refresh(): Promise<void> {
  isStale = isAsking;
  if (isAsking) return;
  isAsking = true;
  stands = log.version.peek();
  try {
    now.value = await getJson<ObjectsNow>('/api/objects');
    failure.value = '';
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error);
  }
  setTimeout(() => {
    isAsking = false;
    if (isStale) void refresh();
  }, PAUSE_MS);
}

/** As long as somebody looks, whatever happens makes it old. */
effect(() => {
  const version = log.version.value;
  if (tab.value !== 'live' && isOnline.value && version !== stands) void refresh();
});
