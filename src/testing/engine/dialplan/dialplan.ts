import type { Channel } from '../channels/channel.js';
import type { Engine, Place } from '../parts.js';
import { type DialplanData, type DialplanStep, type ParsedStep, parseStep } from './data.js';
import { patternExpression } from './pattern.js';
import { DialplanRun } from './run.js';

interface Extension {
  readonly name: string;
  readonly expression: RegExp;
  readonly steps: readonly ParsedStep[];
}

/** The context that Asterisk makes for every application. */
const APPLICATION_CONTEXT = 'stasis-';

/** The extensions that calls run through. */
export class Dialplan {
  readonly #engine: Engine;
  readonly #contexts = new Map<string, Extension[]>();

  constructor(engine: Engine, data: DialplanData) {
    this.#engine = engine;
    for (const [context, extensions] of Object.entries(data)) {
      for (const [name, steps] of Object.entries(extensions)) this.set(context, name, steps);
    }
  }

  /** Adds an extension, in place of the one of that name if there is one. */
  set(context: string, name: string, steps: readonly DialplanStep[]): void {
    const others = (this.#contexts.get(context) ?? []).filter((extension) => extension.name !== name);
    const added = { name, expression: patternExpression(name), steps: steps.map(parseStep) };
    // Exact names come before patterns.
    const all = [...others, added].sort((a, b) => Number(a.name.startsWith('_')) - Number(b.name.startsWith('_')));
    this.#contexts.set(context, all);
  }

  exists(place: Place): boolean {
    return this.#find(place) !== undefined;
  }

  step({ context, exten, priority }: Place & { readonly priority: number }): ParsedStep | undefined {
    return this.#find({ context, exten })?.[priority - 1];
  }

  /** The priority of a label; `undefined` where there is no such label. */
  labelled(place: Place, label: string): number | undefined {
    const at = this.#find(place)?.findIndex((step) => step.label === label) ?? -1;
    return at < 0 ? undefined : at + 1;
  }

  /** Sends a channel through the dialplan from where it stands; `ended` is called before it is hung up in the end. */
  run(channel: Channel, ended?: () => void): void {
    channel.waits = false;
    if (channel.gone) return;
    if (channel.hangingUp) {
      this.#engine.channels.destroy(channel);
      return;
    }
    const run = new DialplanRun(this.#engine, channel, ended);
    channel.owner = run;
    run.next();
  }

  #find({ context, exten }: Place): readonly ParsedStep[] | undefined {
    const found = this.#contexts.get(context)?.find(({ expression }) => expression.test(exten));
    if (found) return found.steps;
    const application = context.startsWith(APPLICATION_CONTEXT) ? context.slice(APPLICATION_CONTEXT.length) : '';
    if (application === '' || !this.#engine.applications.find(application)) return undefined;
    return [
      { label: '', app: 'Stasis', data: application },
      { label: '', app: 'Hangup', data: '' },
    ];
  }
}
