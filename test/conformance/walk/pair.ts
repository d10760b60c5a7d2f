import type { RawTarget } from '../raw.js';
import { compareTraces } from '../trace/compare.js';
import { differences } from './differences.js';
import { Side, type Answered, type Observed, type Patience, type State } from './side.js';
import type { Step } from './step.js';

/** How the double answers what would end a real Asterisk. */
const FATAL = '| Fatal To Asterisk |';

/** How long to wait for what one of them has done already and the other has not, in milliseconds. */
const LATER_MS = [0, 300, 1500];

/** The double and a real Asterisk, on which one walk is made at a time. */
export class Pair {
  readonly #double: Side;
  readonly #real: Side;
  #changed = false;

  private constructor(double: Side, real: Side) {
    this.#double = double;
    this.#real = real;
  }

  static async open(double: RawTarget, real: RawTarget, prefix: string, patience: Patience): Promise<Pair> {
    const sides = await Promise.all([Side.open(double, prefix, patience), Side.open(real, prefix, patience)]);
    return new Pair(...sides);
  }

  /** Takes a step on both, and says in what they differ after it without being meant to, as one line each. */
  async take(step: Step): Promise<string[]> {
    if ('pause' in step) {
      await Promise.all([this.#double.take(step), this.#real.take(step)]);
    } else {
      const answers = await this.#double.take(step);
      // What the double knows to end Asterisk is not tried.
      if (answers.some(({ line }) => line.includes(FATAL))) {
        this.#double.forget();
        return [];
      }
      await this.#real.take(step);
    }
    const lines = await this.#compare(step);
    this.#double.forget();
    this.#real.forget();
    return lines;
  }

  /** What comes later on one of them than on the other is waited for. */
  async #compare(step: Step): Promise<string[]> {
    let lines: string[] = [];
    for (const laterMs of LATER_MS) {
      lines = await this.#look(step, laterMs);
      if (lines.length === 0) break;
    }
    return lines;
  }

  async #look(step: Step, laterMs: number): Promise<string[]> {
    const [double, real] = await Promise.all([this.#double.settle(laterMs), this.#real.settle(laterMs)]);
    const lines = [
      ...compareAnswers(double.answers, real.answers),
      ...compareTraces({ requests: [], objects: double.objects }, { requests: [], objects: real.objects }),
    ];
    this.#changed = isChange(double, step) || isChange(real, step);
    if (this.#changed) {
      lines.push(...compareStates(...(await Promise.all([this.#double.state(), this.#real.state()]))));
    }
    return lines.filter((line) => !differences.some((known) => known.line.test(line)));
  }

  /** Whether the last step may have left anything otherwise than it was. */
  get changed(): boolean {
    return this.#changed;
  }

  close(): void {
    this.#double.close();
    this.#real.close();
  }
}

function isChange({ answers, objects }: Observed, step: Step): boolean {
  const done = !('method' in step && step.method === 'GET') && answers.some(({ line }) => /: 2\d\d \|/.test(line));
  return done || objects.length > 0;
}

function* compareAnswers(double: readonly Answered[], real: readonly Answered[]): Generator<string> {
  for (let at = 0; at < Math.max(double.length, real.length); at += 1) {
    const [ours, theirs] = [double[at], real[at]];
    if (!ours || !theirs || ours.line !== theirs.line) {
      yield `answer: ${ours?.line ?? 'none'} on the double, ${theirs?.line ?? 'none'} on the real one`;
    } else {
      yield* compareFields(`answer: ${ours.line}`, ours.fields, theirs.fields);
    }
  }
}

function* compareStates(double: State, real: State): Generator<string> {
  for (const object of new Set([...double.keys(), ...real.keys()])) {
    const [ours, theirs] = [double.get(object), real.get(object)];
    if (!theirs) yield `state: ${object} only on the double`;
    else if (!ours) yield `state: ${object} only on the real one`;
    else yield* compareFields(`state: ${object}`, ours, theirs);
  }
}

type Fields = Readonly<Record<string, string>>;

function* compareFields(what: string, double: Fields, real: Fields): Generator<string> {
  for (const field of new Set([...Object.keys(double), ...Object.keys(real)])) {
    const [ours, theirs] = [double[field], real[field]];
    if (ours !== theirs) yield `${what}: ${field} is ${ours} on the double, ${theirs} on the real one`;
  }
}
