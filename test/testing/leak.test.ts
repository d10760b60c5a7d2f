import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('leaves nothing of its calls', () => {
  const flags = ['--expose-gc', '--import', 'tsx'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, 'scripts/soak-double.ts', '2000'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^2000 calls in \d+ s, 0 channels left\n/);
  expect(status, stdout).toBe(0);
}, 60_000);
