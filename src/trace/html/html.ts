import { createHash } from 'node:crypto';
import { checkCallOptions, checkString } from '../../support/check-option.js';
import { checkTrace } from '../check-trace.js';
import type { Trace } from '../entries.js';
import { Lanes } from '../picture/lanes.js';
import { stepsOf, type Step } from '../picture/steps.js';
import { escapeHtml } from './escape.js';
import { rowOf } from './row.js';
import { styleFor } from './style.js';

/** Options of `html`. */
export interface HtmlOptions {
  /** Heading and title of the page. @default 'ARI trace' */
  readonly title?: string | undefined;
}

/**
 * Draws a trace as one HTML page, which needs nothing else and no server. It has no script: what Asterisk and callers say
 * is text in it, and its own policy forbids everything but its style. A row opens to the JSON that it was drawn from.
 * @throws {AriValidationError} for a wrong option, and what is no trace
 */
export function html(trace: Trace, options: HtmlOptions = {}): string {
  checkTrace('html', trace);
  checkCallOptions('html', options, ['title'] satisfies readonly (keyof HtmlOptions)[]);
  const title = escapeHtml(options.title === undefined ? 'ARI trace' : checkString('title', options.title));
  const lanes = new Lanes(trace);
  const steps = stepsOf(trace, lanes);
  const style = styleFor(lanes.all);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${summary(trace, steps)}</p>
${filters(lanes)}
</header>
<main>
<div class="ladder">
<div class="heads row">${heads(lanes)}</div>
${steps.map((step) => rowOf(step, lanes, steps[0]?.at ?? 0)).join('\n')}
</div>
</main>
</body>
</html>
`;
}

function summary(trace: Trace, steps: readonly Step[]): string {
  const [first, last] = [steps[0], steps.at(-1)];
  const count = trace.length === 1 ? '1 entry' : `${trace.length} entries`;
  const since = first === undefined ? '' : ` since ${new Date(first.at).toISOString()}`;
  const seconds = ((last?.at ?? 0) - (first?.at ?? 0)) / 1000;
  return `${count}${since}, ${seconds.toFixed(3)} s. A row opens to its JSON.`;
}

function heads(lanes: Lanes): string {
  return lanes.all
    .map(({ label }, lane) => `<div class="head h${lane}" title="${escapeHtml(label)}">${escapeHtml(label)}</div>`)
    .join('');
}

/** Boxes that hide rows: the style asks for them, there is no script. */
function filters(lanes: Lanes): string {
  const kinds = [box('requests', 'requests'), box('events', 'events'), box('notes', 'connection')];
  const objects = lanes.all.flatMap(({ kind, label }, lane) =>
    kind === 'channel' || kind === 'bridge' ? [box(`lane${lane}`, label)] : [],
  );
  return `<fieldset><legend>Show</legend>${[...kinds, ...objects].join('')}</fieldset>`;
}

function box(id: string, label: string): string {
  return `<label><input type="checkbox" id="${id}" checked> ${escapeHtml(label)}</label>`;
}
