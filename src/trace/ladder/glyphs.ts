/** What a ladder is drawn with; each takes one column. */
export interface Glyphs {
  readonly lane: string;
  readonly line: string;
  /** A line crosses a lane. */
  readonly cross: string;
  readonly right: string;
  readonly left: string;
  /** A lane whose object is concerned besides. */
  readonly about: string;
  readonly outcome: string;
  readonly band: string;
  readonly trouble: string;
  readonly ellipsis: string;
}

export const unicode: Glyphs = {
  lane: '│',
  line: '─',
  cross: '┼',
  right: '▶',
  left: '◀',
  about: '●',
  outcome: '→',
  band: '╌',
  trouble: '≈',
  ellipsis: '…',
};

export const ascii: Glyphs = {
  lane: '|',
  line: '-',
  cross: '+',
  right: '>',
  left: '<',
  about: 'o',
  outcome: '->',
  band: '.',
  trouble: '~',
  ellipsis: '~',
};
