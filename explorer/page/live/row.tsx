import { memo } from 'preact/compat';
import type { Entry } from '../../shared/entry.js';
import { aboutText, clock, labelOf, remarkOf, toneOf } from './describe.js';
import { ROW, TIME_WIDTH } from './geometry.js';
import type { Span } from './lanes.js';

export interface RowProps {
  readonly entry: Entry;
  readonly index: number;
  readonly total: number;
  readonly isChosen: boolean;
  readonly span: Span;
  readonly step: number;
  /** Whether objects have no lanes of their own. */
  readonly isFlat: boolean;
  readonly lanes: number;
  readonly onChoose: (entry: Entry) => void;
}

/** One entry: an arrow between two lanes, with its words. */
export const Row = memo(function Row(props: RowProps) {
  const { entry, index, total, isChosen, span, step, isFlat, lanes, onChoose } = props;
  const tone = toneOf(entry);
  const centre = (lane: number): number => TIME_WIDTH + step * (lane + 0.5);
  const [left, right] = [centre(Math.min(span.from, span.to)), centre(Math.max(span.from, span.to))];
  const isWide = entry.kind !== 'request' && entry.kind !== 'answer' && entry.kind !== 'event';
  const remark = remarkOf(entry);
  const label = labelOf(entry);
  const about = aboutText(entry);
  return (
    <div
      id={`row-${entry.seq}`}
      class={`row ${tone}`}
      role="option"
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={total}
      style={{ transform: `translateY(${index * ROW}px)` }}
      onClick={() => onChoose(entry)}
    >
      <span class="time">{clock(entry.at)}</span>
      <span class="hidden"> {entry.kind} </span>
      {isWide ? (
        <span class="notice" style={{ left: `${TIME_WIDTH}px`, width: `${step * lanes}px` }}>
          {label}
        </span>
      ) : (
        <>
          <span
            class={span.from < span.to ? 'arrow down' : 'arrow up'}
            style={{ left: `${left}px`, width: `${Math.max(right - left, 8)}px` }}
          >
            <span class="label">{label}</span>
          </span>
          {span.dots.map((lane) => (
            <i class="dot" key={lane} style={{ left: `${centre(lane)}px` }} />
          ))}
        </>
      )}
      <span class="remark" style={{ left: `${TIME_WIDTH + step * lanes + 8}px` }}>
        {about !== '' && <b class={isFlat ? undefined : 'hidden'}>{about}</b>}
        {about !== '' && isFlat && ' '}
        {remark}
      </span>
    </div>
  );
});
