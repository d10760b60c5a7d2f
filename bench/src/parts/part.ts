import type { Variant } from '../rounds.js';
import type { Target } from '../subjects/subject.js';

/** What parts work with. */
export interface Bench {
  /** The synthetic Asterisk. */
  readonly synthetic: Target;
  /** A real one, where it runs. */
  readonly asterisk: Target | undefined;
  /** Shorter measurements, to try the bench itself. */
  readonly quick: boolean;
}

/** One table of the report. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** How many times as many rounds it takes: more where they are short and vary, fewer where they are long. */
  readonly roundsFactor?: number;
  /** Nothing varies: once is enough. */
  readonly isExact?: true;
  variants(bench: Bench): readonly Variant[];
}
