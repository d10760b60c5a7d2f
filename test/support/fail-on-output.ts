import { afterEach, beforeEach, expect, vi } from 'vitest';

/** A test that prints, or makes Node warn, has something to hide: it fails. */
const methods = ['debug', 'info', 'log', 'warn', 'error'] as const;
let output: string[] = [];

const onWarning = (warning: Error): void => {
  output.push(`${warning.name}: ${warning.message}`);
};

beforeEach(() => {
  output = [];
  process.on('warning', onWarning);
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      output.push(`console.${method}: ${args.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  process.off('warning', onWarning);
  vi.restoreAllMocks();
  expect(output, 'stray output').toEqual([]);
});
