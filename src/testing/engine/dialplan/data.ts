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

export function parseStep(step: DialplanStep): ParsedStep {
  const match = /^(?:([A-Za-z][\w-]*):\s*)?([A-Za-z]\w*)(?:\((.*)\))?$/s.exec(step.trim());
  if (!match) throw new Error(`The dialplan step "${step}" is not of the form "Application(data)"`);
  return { label: match[1] ?? '', app: match[2] ?? '', data: match[3] ?? '' };
}
