import { checkCallOptions, checkChoice, checkFlag, checkWhole } from '../../support/check-option.js';

/** Options of `ladder`. */
export interface LadderOptions {
  /** How many columns it may take, at least 40. @default those of the terminal, 100 where there is none */
  readonly width?: number | undefined;
  /** Draws with plain ASCII. @default false */
  readonly ascii?: boolean | undefined;
  /** What stands before each line: seconds since the first, the time of day in UTC, or nothing. @default 'elapsed' */
  readonly times?: 'elapsed' | 'clock' | 'none' | undefined;
}

export type LadderSettings = { readonly [Name in keyof LadderOptions]-?: NonNullable<LadderOptions[Name]> };

const known = ['width', 'ascii', 'times'] as const satisfies readonly (keyof LadderOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkLadderOptions(options: LadderOptions): LadderSettings {
  checkCallOptions('ladder', options, known);
  return {
    width: checkWhole('width', options.width, Math.max(40, process.stdout.columns ?? 100), 40),
    ascii: checkFlag('ascii', options.ascii, false),
    times: checkChoice('times', options.times, ['elapsed', 'clock', 'none']),
  };
}
