import { computed, type Signal } from '@preact/signals';
import { announcement } from '../state.js';
import { call, chosenApplication, chosenChannel, chosenKind, chosenText, chosenType } from './choice.js';
import { shownText } from '../ui/shown.js';
import { log } from './log.js';
import { SaveMenu } from './save-menu.js';
import { isPaused, rows, togglePause, waiting } from './view.js';

/** Channels of that many calls are offered where no call is chosen. */
const CALLS = 30;

const types = computed(() => (void log.version.value, [...log.types].toSorted()));
const applications = computed(() => (void log.version.value, [...log.applications].toSorted()));
const channels = computed<readonly (readonly [object: string, name: string])[]>(() => {
  void log.version.value;
  const calls = call.value ? [call.value] : log.calls.list().slice(0, CALLS);
  return calls.flatMap(({ names }) => [...names].filter(([object]) => object.startsWith('channel:')));
});

/** What of the record is shown; pause; save. */
export function Toolbar() {
  const pause = (): void => {
    togglePause();
    announcement.value = isPaused.value ? 'Paused' : 'Going on';
  };
  return (
    <div class="toolbar" role="toolbar" aria-label="Filters">
      <input
        type="search"
        placeholder="Search JSON"
        aria-label="Search in the JSON of entries"
        value={chosenText.value}
        onInput={({ currentTarget }) => (chosenText.value = currentTarget.value)}
      />
      <Choice label="Kind" chosen={chosenKind} all="all kinds">
        {[
          ['event', 'events'],
          ['request', 'requests'],
        ]}
      </Choice>
      <Choice label="Type" chosen={chosenType} all="all types">
        {types.value.map((type) => [type, type])}
      </Choice>
      <Choice label="Application" chosen={chosenApplication} all="all applications">
        {applications.value.map((app) => [app, app])}
      </Choice>
      <Choice label="Channel" chosen={chosenChannel} all="all channels">
        {channels.value}
      </Choice>
      <span class="spacer" />
      <span class="shown">{rows.value.length} shown</span>
      {log.skipped.value > 0 && <span class="warning">{log.skipped.value} skipped</span>}
      <button type="button" aria-pressed={isPaused.value} onClick={pause}>
        {isPaused.value ? `Paused · ${waiting.value} new` : 'Pause'}
      </button>
      <SaveMenu />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly chosen: Signal<string>;
  readonly all: string;
  readonly children: readonly (readonly [value: string, text: string])[] | readonly string[][];
}

function Choice({ label, chosen, all, children }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={chosen.value}
      onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
    >
      <option value="">{all}</option>
      {children.map(([value, text]) => (
        <option value={value} key={value} selected={value === chosen.value}>
          {shownText(text ?? '')}
        </option>
      ))}
    </select>
  );
}
