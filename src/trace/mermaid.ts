import type { Trace } from './entries.js';
import { checkTrace } from './check-trace.js';
import { Lanes } from './picture/lanes.js';
import { shownText } from './picture/shown.js';
import { stepsOf, type Step } from './picture/steps.js';

/**
 * Draws a trace as a sequence diagram of Mermaid, as text: for issues, documents and chats that show such diagrams.
 * Everything that Asterisk or a caller says is escaped.
 * @throws {AriValidationError} for what is no trace
 */
export function mermaid(trace: Trace): string {
  checkTrace('mermaid', trace);
  const lanes = new Lanes(trace);
  const participants = lanes.all.map(({ label }, index) => `  participant ${nameOf(index)} as ${escaped(label)}`);
  const messages = stepsOf(trace, lanes).map((step) => `  ${messageOf(step, lanes.all.length)}`);
  return `${['sequenceDiagram', ...participants, ...messages].join('\n')}\n`;
}

function messageOf(step: Step, lanes: number): string {
  if (step.kind === 'note') {
    const last = lanes > 1 ? `,${nameOf(lanes - 1)}` : '';
    return `Note over ${nameOf(0)}${last}: ${escaped(step.text)}`;
  }
  const { from, to, text, outcome, tone } = step;
  const arrow = tone === 'answer' || tone === 'event' ? '-->>' : '->>';
  const failed = tone === 'failure' ? '-x' : arrow;
  return `${nameOf(from)}${failed}${nameOf(to)}: ${escaped(outcome === undefined ? text : `${text} → ${outcome}`)}`;
}

function nameOf(lane: number): string {
  return `p${lane}`;
}

/** Longer texts make a diagram that nobody can read. */
const longest = 120;

/** Mermaid writes any character as `#` and its number; what could end a text, or be HTML, is written so. */
function escaped(text: string): string {
  const seen = shownText(text);
  const shown = seen.length > longest ? `${seen.slice(0, longest - 1)}…` : seen;
  const codes = Array.from(shown.replace(/\p{Cs}/gu, ''), (character) =>
    /^[\p{L}\p{N} ._/=→…()@*-]$/u.test(character) ? character : `#${character.codePointAt(0)};`,
  );
  return codes.join('') || '#32;';
}
