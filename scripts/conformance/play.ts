import { createVitest, type Reporter, type TestCase } from 'vitest/node';
import type { Played } from './outcome.js';

/** Runs the test files that play the scenarios, traced, and gives what came of each. */
export async function play(files: readonly string[], onPlayed: (played: Played) => void): Promise<void> {
  process.env['CONFORMANCE_TRACES'] = 'on';
  const failures: string[] = [];
  const reporter: Reporter = {
    onTestCaseResult: (test) => {
      const played = toPlayed(test);
      if (played !== undefined) {
        onPlayed(played);
      }
    },
    onTestModuleEnd: (module) => {
      failures.push(...module.errors().map(({ message }) => message));
    },
  };
  const vitest = await createVitest('test', {
    config: 'vitest.asterisk.config.ts',
    include: [...files],
    watch: false,
    reporters: [reporter],
  });
  try {
    await vitest.start();
    failures.push(...vitest.state.getUnhandledErrors().map(String));
  } finally {
    await vitest.close();
  }
  if (failures.length > 0) {
    throw new Error(`the scenarios could not be played: ${failures.join('; ')}`);
  }
}

function toPlayed(test: TestCase): Played | undefined {
  const { conformance } = test.meta();
  if (conformance === undefined) {
    return undefined;
  }
  const { state, errors = [] } = test.result();
  const failure = state === 'passed' ? undefined : errors.map(({ message }) => message).join('; ') || state;
  return { ...conformance, failure };
}
