import type { Row } from '../rounds.js';

const units: Readonly<Record<string, (value: number) => string>> = {
  cpuUs: (value) => `${value.toFixed(value < 100 ? 2 : 0)} µs CPU`,
  perSecond: (value) => `${Math.round(value).toLocaleString('en')}/s`,
  laterMs: (value) => `later ${value.toFixed(1)} ms`,
  ms: (value) => `${value.toFixed(1)} ms`,
  p50Ms: (value) => `p50 ${value.toFixed(2)} ms`,
  p99Ms: (value) => `p99 ${value.toFixed(2)} ms`,
  bytes: (value) => `${Math.round(value).toLocaleString('en')} bytes`,
  lost: (value) => (value === 0 ? '' : `${Math.round(value).toLocaleString('en')} lost`),
};

/** One part as text: a line a variant, under its scenario, with each metric. */
export function table(title: string, rows: readonly Row[]): string {
  const lines = [title];
  let scenario: string | undefined;
  for (const row of rows) {
    if (row.scenario !== scenario) {
      ({ scenario } = row);
      lines.push(`  ${scenario}`);
    }
    const cells = Object.entries(row.metrics).map(([name, value]) => format(name, value).padStart(16));
    lines.push(`    ${row.subject.padEnd(24)}${row.failure ?? cells.join('')}`.trimEnd());
  }
  return lines.join('\n');
}

function format(name: string, value: number): string {
  return Number.isNaN(value) ? '–' : (units[name]?.(value) ?? `${value.toLocaleString('en')} ${name}`);
}
