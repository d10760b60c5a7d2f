/**
 * One step of an extension: an application with its data (`Playback(hello-world)`), which may have a label in front
 * (`again: Playback(hello-world)`).
 */
export type DialplanStep = string;

/** Extensions of a context. A name that starts with `_` is a pattern, as in extensions.conf. */
export type ContextData = Readonly<Record<string, readonly DialplanStep[]>>;

/** A dialplan: contexts by name. */
export type DialplanData = Readonly<Record<string, ContextData>>;

/** One step, taken apart. */
export interface ParsedStep {
  readonly label: string;
  readonly app: string;
  readonly data: string;
}

const STEP = /^\s*(?:([A-Za-z][\w-]*):\s*)?([A-Za-z]\w*)(?:\((.*)\))?\s*$/s;

export function isStep(value: unknown): value is DialplanStep {
  return typeof value === 'string' && STEP.test(value);
}

/** Takes a step apart that is one. */
export function parseStep(step: DialplanStep): ParsedStep {
  const [, label = '', app = '', data = ''] = STEP.exec(step) ?? [];
  return { label, app, data };
}
