/** Height of a row, in pixels; the style sheet has the same. */
export const ROW = 26;

/** Width of what stands before the lanes. */
export const TIME_WIDTH = 104;

const NARROWEST = 104;
const WIDEST = 240;

/** How far apart lanes are that have so much room. */
export function laneWidth(lanes: number, room: number): number {
  return Math.max(NARROWEST, Math.min(WIDEST, Math.floor(room / lanes)));
}

/** Which rows are to be drawn of so many, and where. */
export interface Window {
  readonly first: number;
  readonly end: number;
}

/** Drawn above and below what is seen. */
const MORE = 12;

export function windowOf(scrollTop: number, height: number, rows: number): Window {
  const first = Math.max(0, Math.floor(scrollTop / ROW) - MORE);
  return { first, end: Math.min(rows, Math.ceil((scrollTop + height) / ROW) + MORE) };
}
