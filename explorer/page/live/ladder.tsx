import { useComputed, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Entry } from '../../shared/entry.js';
import { exchangeOf } from '../../shared/selection.js';
import { call, chosenEntry } from './choice.js';
import { laneWidth, ROW, TIME_WIDTH, windowOf } from './geometry.js';
import { moved } from './keys.js';
import { Lanes } from './lanes.js';
import { log } from './log.js';
import { Row } from './row.js';
import { isPaused, rows } from './view.js';

/** Room for remarks beside the lanes. */
const REMARKS = 260;

/** The ladder: only the rows that are seen are drawn, of however many. */
export function Ladder() {
  const box = useRef<HTMLDivElement>(null);
  const size = useSignal({ width: 800, height: 600 });
  const scrollTop = useSignal(0);
  const isFollowing = useSignal(true);
  const lanes = useComputed(() => {
    void call.value?.version;
    void log.version.value;
    return lanesOf();
  });

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      size.value = { width: element.clientWidth, height: element.clientHeight };
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const { list, length } = rows.value;
  const { width, height } = size.value;
  const step = laneWidth(lanes.value.lanes.length, width - TIME_WIDTH - REMARKS);
  const head = 40;
  const room = height - head;

  useLayoutEffect(() => {
    if (isFollowing.value && !isPaused.value && box.current !== null) box.current.scrollTop = length * ROW;
  }, [length, room]);

  const onScroll = (): void => {
    const element = box.current;
    if (element === null) return;
    scrollTop.value = element.scrollTop;
    isFollowing.value = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW;
  };
  const choose = (entry: Entry): void => {
    chosenEntry.value = entry;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = moved(event.key, list, length, chosenEntry.value, Math.floor(room / ROW));
    if (target === undefined) return;
    event.preventDefault();
    chosenEntry.value = list[target];
    reveal(box.current, target, room);
  };

  const { first, end } = windowOf(scrollTop.value, room, length);
  const chosen = chosenEntry.value;
  const requests = requestsIn(list, first, end);
  const content = { height: `${length * ROW}px`, width: `${TIME_WIDTH + step * lanes.value.lanes.length + REMARKS}px` };
  return (
    <div class="ladder-frame">
      <div
        class="ladder"
        ref={box}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        tabIndex={0}
        role="listbox"
        aria-label="Ladder of requests, answers and events"
        aria-activedescendant={chosen && `row-${chosen.seq}`}
      >
        <div class="lanes" role="presentation" style={{ width: content.width, height: `${head}px` }}>
          {lanes.value.lanes.map(({ key, label, kind }, index) => (
            <span
              class={`lane ${kind}`}
              key={key}
              title={label}
              style={{ left: `${TIME_WIDTH + step * index}px`, width: `${step}px` }}
            >
              {label}
            </span>
          ))}
        </div>
        <div class="rows" role="presentation" style={content}>
          {lanes.value.lanes.map(({ key, kind }, index) => (
            <i
              class={`line ${kind}`}
              role="presentation"
              key={key}
              style={{ left: `${TIME_WIDTH + step * (index + 0.5)}px` }}
            />
          ))}
          {list.slice(first, end).map((entry, offset) => (
            <Row
              key={entry.seq}
              entry={entry}
              index={first + offset}
              total={length}
              isChosen={entry === chosen}
              span={lanes.value.spanOf(entry, entry.kind === 'answer' ? requests.get(exchangeOf(entry)) : undefined)}
              step={step}
              isFlat={call.value === undefined}
              lanes={lanes.value.lanes.length}
              onChoose={choose}
            />
          ))}
        </div>
      </div>
      {length === 0 && (
        <p class="empty">Nothing yet. What Asterisk and its applications say to each other appears here.</p>
      )}
      {!isFollowing.value && length > 0 && (
        <button
          class="latest"
          type="button"
          onClick={() => (box.current as HTMLDivElement).scrollTo({ top: length * ROW })}
        >
          Latest ↓
        </button>
      )}
    </div>
  );
}

/** The lanes of the chosen call; the same ones as long as nothing has come to it. */
let known:
  | { readonly of: unknown; readonly version: number; readonly names: number; readonly lanes: Lanes }
  | undefined;

function lanesOf(): Lanes {
  const of = call.value;
  const [version, names] = [of?.version ?? 0, of?.names.size ?? 0];
  if (known?.of !== of || known?.version !== version || known.names !== names) {
    known = { of, version, names, lanes: new Lanes(of) };
  }
  return known?.lanes ?? new Lanes(of);
}

/** Requests whose answers may be drawn, by their keys: they are seldom far above. */
function requestsIn(list: readonly Entry[], first: number, end: number): ReadonlyMap<string, Entry> {
  const requests = new Map<string, Entry>();
  for (const entry of list.slice(Math.max(0, first - 200), end)) {
    if (entry.kind === 'request') requests.set(exchangeOf(entry), entry);
  }
  return requests;
}

function reveal(element: HTMLElement | null, index: number, room: number): void {
  if (element === null) return;
  const top = index * ROW;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + ROW > element.scrollTop + room) element.scrollTop = top + ROW - room;
}
