import { checkCallOptions, checkFlag, checkFor } from '../support/check-option.js';

/** Options of `start`. */
export interface StartOptions {
  /** Receive the events of everything in Asterisk, not only of what is in the applications. @default false */
  readonly subscribeAll?: boolean | undefined;
  /** Gives the opening up; of `run`, ends it. */
  readonly signal?: AbortSignal | undefined;
}

const known = ['subscribeAll', 'signal'] as const satisfies readonly (keyof StartOptions)[];

/** @throws {AriValidationError} naming the option and what is allowed */
export function checkStartOptions(call: string, options: StartOptions): void {
  checkCallOptions(call, options, known);
  checkFor(call, () => checkFlag('subscribeAll', options.subscribeAll, false));
}
