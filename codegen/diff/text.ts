import { visible } from '../visible.js';
import type { ApiDiff, Difference } from './types.js';

const TITLES: Readonly<Record<Difference['kind'], string>> = {
  operation: 'operations',
  parameter: 'parameters',
  event: 'events',
  model: 'models',
  property: 'properties',
};

const SIGNS: Readonly<Record<Difference['change'], string>> = { added: '+', removed: '-', changed: '~' };

/** The differences for people: one line each, by kind. */
export function diffText({ from, to, differences }: ApiDiff): string {
  const lines = [`Asterisk ${from} → ${to}`];
  if (differences.length === 0) lines.push('no difference');
  for (const [kind, title] of Object.entries(TITLES)) {
    const own = differences.filter((difference) => difference.kind === kind);
    if (own.length > 0) lines.push('', title, ...own.map(line));
  }
  return lines.join('\n');
}

function line({ change, name, details = [] }: Difference): string {
  const changes = details.map(({ what, from, to }) => `${what} ${show(from)} → ${show(to)}`);
  return visible(`  ${SIGNS[change]} ${name}${changes.length > 0 ? `: ${changes.join('; ')}` : ''}`);
}

function show(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('|');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
