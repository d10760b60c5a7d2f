import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
// The example for vitest runs as a part of this file.
import '../../examples/testing/vitest/menu.test.js';

it('is tested with node:test in the same way', () => {
  const flags = ['--import', 'tsx', '--test', '--test-reporter', 'tap'];
  // A process of node:test that knows that it is within another runner's would not run its tests as its own.
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, 'examples/testing/node/menu.test.ts'], {
    encoding: 'utf8',
    timeout: 60_000,
    env,
  });
  expect(stderr).toBe('');
  expect(stdout).not.toContain('Warning');
  expect(stdout).toContain('# pass 4\n# fail 0\n');
  expect(status).toBe(0);
}, 60_000);
