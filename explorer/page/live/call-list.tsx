import { computed, signal } from '@preact/signals';
import { isOnline } from '../state.js';
import { isAlive, type Call } from './call.js';
import { call, choose, chosenCall } from './choice.js';
import { clock } from './describe.js';
import { log } from './log.js';
import { programTime, useProgramClock } from './program-clock.js';

/** So many are listed. */
const MOST = 200;

/** Whether a button is held down: a call that came then would move another one under the pointer, and the click be lost. */
const isPressed = signal(false);

let listed: readonly Call[] = [];

const calls = computed(() => {
  void log.version.value;
  if (!isPressed.value) listed = log.calls.list();
  return listed;
});

function holdStill(): void {
  isPressed.value = true;
  const ended = new AbortController();
  for (const end of ['pointerup', 'pointercancel', 'blur']) {
    window.addEventListener(
      end,
      () => {
        ended.abort();
        isPressed.value = false;
      },
      { signal: ended.signal },
    );
  }
}

/** The calls, the latest first. */
export function CallList() {
  const all = calls.value;
  useProgramClock(isOnline.value && all.some(isAlive));
  return (
    <nav class="calls" aria-label="Calls" onPointerDown={holdStill}>
      <button
        type="button"
        class="call"
        aria-current={chosenCall.value === undefined}
        onClick={() => choose(undefined)}
      >
        <span class="who">Everything</span>
        <span class="count">{log.entries.length}</span>
      </button>
      {all.slice(0, MOST).map((each) => (
        <button
          type="button"
          class="call"
          key={each.key}
          aria-current={each === call.value}
          onClick={() => choose(each.key)}
        >
          <span class="who">
            <i class={isAlive(each) ? 'state alive' : 'state'} aria-hidden="true" />
            {each.title}
          </span>
          <span class="count">{each.count}</span>
          <span class="when">
            {clock(each.startedAt).slice(0, 8)} · {lasting(each)} · {stateOf(each)}
          </span>
        </button>
      ))}
      {all.length > MOST && <p class="hint">and {all.length - MOST} older ones</p>}
    </nav>
  );
}

function stateOf(call: Call): string {
  if (isAlive(call)) return `${call.alive.size} up`;
  return call.unheard.size > 0 ? 'not heard of since a gap' : 'over';
}

/** How long it took, or has taken until now. */
function lasting(call: Call): string {
  const { startedAt, lastAt } = call;
  const until = isAlive(call) ? Math.max(lastAt, programTime.value) : lastAt;
  const seconds = Math.round((until - startedAt) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
