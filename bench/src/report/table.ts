import type { Row } from '../rounds.js';
import type { Verdict } from './bars.js';

/** How each metric is written. */
const units: Readonly<Record<string, (value: number) => string>> = {
  cpuUs: (value) => `${value.toFixed(value < 100 ? 2 : 0)} µs CPU`,
  relayCpuUs: (value) => `${value.toFixed(value < 100 ? 2 : 0)} µs of relay`,
  natsCpuUs: (value) => `${value.toFixed(value < 100 ? 2 : 0)} µs of NATS`,
  perCore: (value) => `${count(value)}/s and core of relay`,
  fewest: (value) => `fewest ${value.toFixed(2)} of the mean`,
  most: (value) => `most ${value.toFixed(2)} of the mean`,
  serverCpuUs: (value) => `${value.toFixed(0)} µs of Asterisk`,
  perSecond: (value) => `${count(value)}/s`,
  ms: (value) => `${value.toFixed(1)} ms`,
  laterMs: (value) => `then ${value.toFixed(1)} ms`,
  p50Ms: (value) => `p50 ${value.toFixed(2)} ms`,
  p99Ms: (value) => `p99 ${value.toFixed(2)} ms`,
  maxMs: (value) => `at most ${value.toFixed(2)} ms`,
  bytes: (value) => `${count(value)} bytes`,
  lost: (value) => (value === 0 ? '' : `${count(value)} lost`),
  heapGrowthBytes: (value) => `${count(value)} bytes more heap`,
  packages: (value) => `${value} packages`,
  instantiations: (value) => `${count(value)} instantiations`,
  offered: (value) => `${value} offered`,
  types: (value) => `${count(value)} types`,
};

/** One part as text: a line a variant, under its scenario; each metric, and how many times the first line's it is. */
export function table(title: string, rows: readonly Row[]): string {
  const lines = [title];
  let first: Row | undefined;
  for (const row of rows) {
    if (row.scenario !== first?.scenario) {
      first = row;
      lines.push(`  ${row.scenario}`);
    }
    lines.push(`    ${row.subject.padEnd(24)}${cells(row, first)}`.trimEnd());
  }
  return lines.join('\n');
}

/** How the bars stand. */
export function verdicts(all: readonly Verdict[]): string {
  const lines = all.map(
    ({ name, limit, ratio, isMet }) =>
      `  ${isMet ? 'met   ' : 'MISSED'} ${ratio.toFixed(3).padStart(8)} × (${limit})`.padEnd(46) + name,
  );
  return ['Bars', ...lines].join('\n');
}

function cells(row: Row, first: Row): string {
  const written = Object.entries(row.metrics).map(([name, value]) => {
    const base = first.metrics[name] ?? NaN;
    const ratio = row === first || !(base > 0) || !(value > 0) ? '' : ` (${(value / base).toFixed(2)}×)`;
    return `${Number.isNaN(value) ? '–' : (units[name]?.(value) ?? String(value))}${ratio}`.padStart(26);
  });
  return row.failure === undefined ? written.join('') : `failed: ${row.failure.split('\n')[0]}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
