import { inspect } from 'node:util';

/** Tells by a warning of the process that something went wrong in the double itself: a test that fails then knows why. */
export function tellFailure(error: unknown, during: string): void {
  process.emitWarning(`the double failed at ${during}: ${inspect(error)}`, 'TestAsteriskWarning');
}
