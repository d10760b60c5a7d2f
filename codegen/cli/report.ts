import { performance } from 'node:perf_hooks';
import type { Generated } from '../generate.js';
import { visible } from '../visible.js';
import type { Differences, WriteResult } from '../write/index.js';

/** What was generated, for people. */
export function generateText(result: Generated & WriteResult): string {
  const { written, unchanged, removed } = result;
  const files = `${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed`;
  return `${head(result)}\n${written.length + unchanged.length} files: ${files} (${seconds()})\n`;
}

/** What `--check` found, for people. */
export function checkText(result: Generated & Differences): string {
  const { stale, missing, extra } = result;
  const files = Object.entries({ stale, missing, extra }).flatMap(([what, names]) =>
    names.map((name) => `${what}: ${visible(name)}`),
  );
  return [head(result), ...(files.length > 0 ? files : [`up to date (${seconds()})`])].join('\n').concat('\n');
}

/** Either one for scripts. */
export function reportJson({ counts, ...result }: Generated & (WriteResult | Differences)): string {
  return `${JSON.stringify({ ...result, ...counts, durationMs: Math.round(performance.now()) }, null, 2)}\n`;
}

/** What a new project has, and how it is run. */
export function initText(folder: string, files: readonly string[]): string {
  const place = folder === '.' ? [] : [`  cd ${/^[\w./\\:-]+$/.test(folder) ? folder : JSON.stringify(folder)}`];
  const commands = [...place, '  npm install', '  npm start'];
  const more =
    'It needs no Asterisk. With ARI_URL, ARI_USERNAME and ARI_PASSWORD set it runs on that one; npm test runs its test.';
  return [`${folder} has ${files.join(', ')}. Now run`, '', ...commands, '', more, ''].join('\n');
}

function head({ origin, release, out, counts }: Generated): string {
  const from = origin.startsWith('Asterisk ') ? origin : `${origin} (Asterisk ${release})`;
  return `${from} → ${out}\n${counts.operations} operations, ${counts.models} models, ${counts.events} events`;
}

/** The time since the process began: what the user waited. */
function seconds(): string {
  return `${(performance.now() / 1000).toFixed(1)} s`;
}
