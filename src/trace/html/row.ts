import type { Lanes } from '../picture/lanes.js';
import type { ArrowStep, Step } from '../picture/steps.js';
import { escapeHtml } from './escape.js';

/** One row, closed, and below it the JSON of what it was drawn from. */
export function rowOf(step: Step, lanes: Lanes, start: number): string {
  const time = ((step.at - start) / 1000).toFixed(3);
  const date = new Date(step.at).toISOString();
  const drawn = step.kind === 'arrow' ? arrow(step) : `<div class="note">${escapeHtml(step.text)}</div>`;
  const json = step.entries.map((entry) => escapeHtml(JSON.stringify(entry, undefined, 2))).join('\n');
  return (
    `<details class="${classesOf(step, lanes)}"><summary class="row" aria-label="${escapeHtml(spoken(step, lanes, time))}">` +
    `<time datetime="${date}" title="${date}">${time}</time>${drawn}</summary><pre>${json}</pre></details>`
  );
}

function arrow(step: ArrowStep): string {
  const { from, to, about } = step;
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const label = escapeHtml(labelOf(step));
  const place = `s${left} e${right}`;
  const dots = about.filter((lane) => lane !== from && lane !== to).map((lane) => `<i class="about s${lane}"></i>`);
  const tip = `<i class="tip ${to > from ? 'rightward' : 'leftward'} ${place}"></i>`;
  return `<div class="arrow ${place}" title="${label}">${label}</div>${tip}${dots.join('')}`;
}

function labelOf({ text, outcome }: ArrowStep): string {
  return outcome === undefined ? text : `${text} → ${outcome}`;
}

/** Its colour, what the boxes above hide it by, and the lanes that it is of. */
function classesOf(step: Step, lanes: Lanes): string {
  if (step.kind === 'note') {
    return `${step.tone} notes`;
  }
  const concerned = [step.from, step.to, ...step.about];
  const objects = concerned.filter((lane) => ['channel', 'bridge'].includes(lanes.all[lane]?.kind ?? ''));
  const group = step.tone === 'event' ? 'events' : 'requests';
  return [step.tone, group, ...new Set(objects.map((lane) => `of${lane}`))].join(' ');
}

function spoken(step: Step, lanes: Lanes, time: string): string {
  if (step.kind === 'note') {
    return `${time} s: ${step.text}`;
  }
  const name = (lane: number): string => lanes.all[lane]?.label ?? '';
  return `${time} s, ${name(step.from)} to ${name(step.to)}: ${labelOf(step)}`;
}
