import { computed, signal } from '@preact/signals';
import type { Entry } from '../../shared/entry.js';
import type { Selection } from '../../shared/selection.js';
import { log } from './log.js';

/** What the user has chosen to see: an object of the call, or everything. */
export const chosenCall = signal<string | undefined>(undefined);
export const chosenChannel = signal('');
export const chosenType = signal('');
export const chosenApplication = signal('');
export const chosenText = signal('');
export const chosenKind = signal<'' | 'event' | 'request'>('');

/** The entry whose JSON is shown. */
export const chosenEntry = signal<Entry | undefined>(undefined);

/** The call that is chosen; another one is shown in its place where both became one. */
export const call = computed(() => {
  void log.version.value;
  return chosenCall.value === undefined ? undefined : log.calls.of(chosenCall.value);
});

const kinds = { event: ['event'], request: ['request', 'answer'] } as const;

/** What of the record that is. */
export function selection(): Selection {
  const channel = chosenChannel.value;
  const objects = channel === '' ? call.value && [...call.value.objects] : [channel];
  return {
    ...(objects && { objects }),
    ...(chosenType.value !== '' && { types: [chosenType.value] }),
    ...(chosenApplication.value !== '' && { application: chosenApplication.value }),
    ...(chosenKind.value !== '' && { kinds: kinds[chosenKind.value] }),
    ...(chosenText.value.trim() !== '' && { text: chosenText.value.trim() }),
  };
}

/** Shows a call, or everything. */
export function choose(object: string | undefined): void {
  chosenCall.value = object;
  chosenChannel.value = '';
  chosenEntry.value = undefined;
}
