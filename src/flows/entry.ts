import { AriValidationError } from '../errors/validation-error.js';
import { describe } from '../support/describe.js';
import { atOnce } from './at-once.js';
import type { Match } from './match.js';
import type { GatherRules } from './gather-options.js';

/** Why an entry is over. */
export type EntryEnd = 'terminator' | 'length' | 'match' | 'firstDigitTimeout' | 'interDigitTimeout' | 'invalid';

const matches: readonly Match[] = ['incomplete', 'acceptable', 'complete', 'invalid'];

/** Digits as they are typed, until they are enough, or never will be. */
export class Entry {
  readonly #rules: GatherRules;
  digits = '';
  terminator: string | undefined;
  end: EntryEnd | undefined;

  constructor(rules: GatherRules) {
    this.#rules = rules;
  }

  /** False if the digit is none of those that are taken. */
  add(digit: string): boolean {
    const { terminators, validDigits, maxDigits } = this.#rules;
    if (terminators.includes(digit)) {
      this.terminator = digit;
      this.#close('terminator');
    } else if (validDigits.includes(digit)) {
      this.digits += digit;
      const match = this.#judge();
      if (match === 'invalid') {
        this.end = 'invalid';
      } else if (match === 'complete' && this.digits.length >= this.#rules.minDigits) {
        this.end = 'match';
      } else if (this.digits.length >= maxDigits) {
        this.#close('length');
      }
    } else {
      return false;
    }
    return true;
  }

  /** No digit came in time. */
  timeOut(): void {
    if (this.digits === '') {
      this.end = 'firstDigitTimeout';
    } else {
      this.#close('interDigitTimeout');
    }
  }

  /** No more digits will come: those that are there will do, or not. */
  #close(end: EntryEnd): void {
    const match = this.#judge();
    const isEnough = this.digits.length >= this.#rules.minDigits && match !== 'incomplete' && match !== 'invalid';
    this.end = isEnough ? end : 'invalid';
  }

  /** Without a matcher everything is acceptable. */
  #judge(): Match {
    const { matcher } = this.#rules;
    const match = matcher === undefined ? 'acceptable' : atOnce(matcher(this.digits));
    if (!matches.includes(match)) {
      throw new AriValidationError(`gather: match must return ${matches.join(', ')}, not ${describe(match)}`, 'match');
    }
    return match;
  }
}
