import fc from 'fast-check';
import { Session } from './session.js';
import { session } from './steps.js';

/** Which sessions, and how many. */
type Length = Pick<fc.Parameters, 'seed' | 'path' | 'numRuns' | 'interruptAfterTimeLimit'>;

export interface FuzzResult {
  readonly sessions: number;
  /** What went wrong, with the session that did it; undefined if nothing did. */
  readonly fault: string | undefined;
}

/** Lets clients meet hostile servers, session after session, until one of them goes wrong. */
export async function fuzz(length: Length): Promise<FuzzResult> {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): unknown => unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  try {
    const property = fc.asyncProperty(session, async ({ options, steps }) => {
      await using client = await Session.begin(options);
      for (const step of steps) {
        await client.take(step);
      }
      await client.recover();
      await client.end();
      const faults = [...client.faults, ...unhandled.map((reason) => `unhandled rejection: ${String(reason)}`)];
      if (faults.length > 0) {
        throw new Error(faults.join('\n'));
      }
    });
    const result = await fc.check(property, { ...length, endOnFailure: true });
    return { sessions: result.numRuns, fault: result.failed ? fc.defaultReportMessage(result) : undefined };
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
}
