import { createVitest, type Reporter, type TestCase } from 'vitest/node';
import type { Played } from './outcome.js';

/**
 * Runs the test files that play the scenarios, traced and side by side, and gives what came of each.
 * @param only the scenarios to play, by their names; all of them if left out
 */
export async function play(files: readonly string[], only?: readonly string[]): Promise<Played[]> {
  process.env['CONFORMANCE_TRACES'] = 'on';
  const all: Played[] = [];
  const failures: string[] = [];
  const reporter: Reporter = {
    onTestCaseResult: (test) => {
      const played = toPlayed(test);
      if (played !== undefined) {
        all.push(played);
        process.stderr.write(played.failure === undefined ? '.' : 'F');
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
    // Each file has a server of its own, and waits for it most of the time.
    fileParallelism: true,
    maxWorkers: files.length,
    reporters: [reporter],
    ...(only && { testNamePattern: new RegExp(`(${only.map(escape).join('|')})$`) }),
  });
  try {
    await vitest.start();
    failures.push(...vitest.state.getUnhandledErrors().map(String));
  } finally {
    await vitest.close();
  }
  process.stderr.write('\n');
  if (failures.length > 0) {
    throw new Error(`the scenarios could not be played: ${failures.join('; ')}`);
  }
  return all;
}

function escape(name: string): string {
  return name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
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
