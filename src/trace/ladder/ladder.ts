import type { Trace } from '../entries.js';
import { checkTrace } from '../check-trace.js';
import { Lanes } from '../picture/lanes.js';
import { stepsOf, type ArrowStep, type NoteStep } from '../picture/steps.js';
import { Canvas } from './canvas.js';
import { ascii, unicode, type Glyphs } from './glyphs.js';
import { layOut, type Layout } from './layout.js';
import { checkLadderOptions, type LadderOptions, type LadderSettings } from './options.js';

/**
 * Draws a trace for the terminal: a lane for each client, for Asterisk, and for each channel and bridge; requests with
 * their answers, events, gaps and reconnections in their order.
 * @throws {AriValidationError} for a wrong option, and what is no trace
 */
export function ladder(trace: Trace, options: LadderOptions = {}): string {
  checkTrace('ladder', trace);
  return new Ladder(trace, checkLadderOptions(options)).text();
}

/** Columns of the time in front, with a blank after it. */
const timeColumns = { elapsed: 10, clock: 13, none: 0 } as const;

class Ladder {
  readonly #trace: Trace;
  readonly #settings: LadderSettings;
  readonly #glyphs: Glyphs;
  readonly #lanes: Lanes;
  readonly #layout: Layout;
  readonly #left: number;

  constructor(trace: Trace, settings: LadderSettings) {
    this.#trace = trace;
    this.#settings = settings;
    this.#glyphs = settings.ascii ? ascii : unicode;
    this.#lanes = new Lanes(trace);
    this.#left = timeColumns[settings.times];
    this.#layout = layOut(this.#lanes.all, this.#lanes.asterisk, this.#left, settings.width);
  }

  text(): string {
    const steps = stepsOf(this.#trace, this.#lanes);
    const start = steps[0]?.at ?? 0;
    const rows = steps.map((step) => {
      const canvas = this.#row(step.at, start);
      if (step.kind === 'arrow') {
        this.#arrow(canvas, step);
      } else {
        this.#note(canvas, step);
      }
      return canvas.toString();
    });
    return `${[this.#header(), ...rows].join('\n')}\n`;
  }

  #canvas(): Canvas {
    return new Canvas(this.#settings.width, this.#glyphs, this.#settings.ascii);
  }

  #header(): string {
    const canvas = this.#canvas();
    const { columns, drawn, spacing } = this.#layout;
    for (const lane of drawn) {
      const start = Math.max(0, (columns[lane] ?? 0) - Math.floor(spacing / 2));
      canvas.write(this.#lanes.all[lane]?.label ?? '', start, start + spacing - 1, true);
    }
    return canvas.toString();
  }

  #row(at: number, start: number): Canvas {
    const canvas = this.#canvas();
    canvas.write(this.#time(at, start), 0, this.#left, false);
    for (const lane of this.#layout.drawn) {
      canvas.put(this.#layout.columns[lane] ?? 0, this.#glyphs.lane);
    }
    return canvas;
  }

  #time(at: number, start: number): string {
    switch (this.#settings.times) {
      case 'elapsed':
        return ((at - start) / 1000).toFixed(3).padStart(timeColumns.elapsed - 1);
      case 'clock':
        return new Date(at).toISOString().slice(11, 23);
      case 'none':
        return '';
    }
  }

  #arrow(canvas: Canvas, { from, to, about, text, outcome }: ArrowStep): void {
    const { line, cross, lane, right, left, about: dot, outcome: sign } = this.#glyphs;
    const { columns } = this.#layout;
    const [a = 0, b = 0] = [columns[from], columns[to]];
    const [start, end] = [Math.min(a, b) + 1, Math.max(a, b)];
    for (let column = start; column < end; column += 1) {
      canvas.put(column, canvas.at(column) === lane ? cross : line);
    }
    if (a !== b) {
      canvas.put(b > a ? b - 1 : b + 1, b > a ? right : left);
    }
    const dots = about.map((each) => columns[each] ?? 0).filter((column) => column !== a && column !== b);
    dots.forEach((column) => canvas.put(column, dot));
    const label = `${this.#folded([from, to, ...about])}${text}${outcome === undefined ? '' : ` ${sign} ${outcome}`}`;
    this.#label(canvas, label, [start, ...dots.filter((column) => column > start && column < end), end]);
  }

  /** On the longest stretch of the line or, if there is more room, to the right of it. */
  #label(canvas: Canvas, text: string, marks: readonly number[]): void {
    const sorted = marks.toSorted((a, b) => a - b);
    const stretches = sorted.slice(1).map((end, index) => [(sorted[index] ?? 0) + 1, end - 1] as const);
    const [longest = [0, 0]] = stretches.toSorted(([a, b], [c, d]) => d - c - (b - a));
    const inside = longest[1] - longest[0] - 2;
    const behind = (sorted.at(-1) ?? 0) + 2;
    const outside = this.#settings.width - behind;
    if (text.length <= inside || inside >= outside) {
      canvas.write(` ${text} `, longest[0], longest[1], true);
    } else {
      canvas.write(text, behind, this.#settings.width, false);
    }
  }

  /** Names the objects that have no lane for want of room. */
  #folded(lanes: readonly number[]): string {
    const missing = lanes.filter((lane) => !this.#layout.drawn.includes(lane));
    return missing.map((lane) => `[${this.#lanes.all[lane]?.label}] `).join('');
  }

  #note(canvas: Canvas, { text, tone }: NoteStep): void {
    const { width } = this.#settings;
    const glyph = tone === 'trouble' ? this.#glyphs.trouble : this.#glyphs.band;
    const last = Math.min(width - 1, (this.#layout.columns.at(this.#layout.drawn.length - 1) ?? 0) + 1);
    for (let column = this.#left; column <= last; column += 1) {
      canvas.put(column, glyph);
    }
    canvas.write(` ${text} `, this.#left + 2, width, false);
  }
}
