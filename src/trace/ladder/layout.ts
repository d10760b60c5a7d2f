import type { Lane } from '../picture/lanes.js';

/** Columns that a lane takes, at least and at most. */
const narrowest = 8;
const widest = 40;

/** Where lanes stand. */
export interface Layout {
  /** Column of each lane; of those that there is no room for, that of Asterisk. */
  readonly columns: readonly number[];
  /** Lanes that there is room for. */
  readonly drawn: readonly number[];
  /** Columns from one lane to the next. */
  readonly spacing: number;
}

/** Gives every lane its column, from the left; the last ones may find no room. */
export function layOut(lanes: readonly Lane[], asterisk: number, left: number, width: number): Layout {
  const room = Math.max(asterisk + 1, Math.floor((width - left) / narrowest));
  const count = Math.min(lanes.length, room);
  const spacing = Math.min(widest, Math.floor((width - left) / count));
  const column = (lane: number): number => left + Math.floor(spacing / 2) + lane * spacing;
  return {
    columns: lanes.map((_, lane) => column(lane < count ? lane : asterisk)),
    drawn: [...lanes.keys()].slice(0, count),
    spacing,
  };
}
