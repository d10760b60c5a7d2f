/**
 * Variables as Asterisk keeps them: underscores in front of a name say how far it is inherited, and are no part of it.
 * What was set last comes first.
 */
export class Variables {
  /** By name; each with the name that it was set under. */
  readonly #values = new Map<string, { readonly fullName: string; readonly value: string }>();

  get(name: string): string | undefined {
    return this.#values.get(name)?.value;
  }

  set(fullName: string, value: string): void {
    const name = bare(fullName);
    this.#values.delete(name);
    this.#values.set(name, { fullName, value });
  }

  /** `false` if there was none. */
  delete(fullName: string): boolean {
    return this.#values.delete(bare(fullName));
  }

  /** Names as they were set, and values. */
  get entries(): [string, string][] {
    return [...this.#values.values()].toReversed().map(({ fullName, value }) => [fullName, value]);
  }
}

function bare(fullName: string): string {
  return fullName.replace(/^__?/, '');
}
