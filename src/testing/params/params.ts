import { FatalRequest } from '../http/failure.js';

/** The value of one parameter after parsing: as the operation's document types it. */
export type ParamValue = string | number | boolean | readonly (string | null)[];

/** The parameters of one request. What was not given reads as empty, zero or false, as it does in Asterisk. */
export class Params {
  readonly #values: ReadonlyMap<string, ParamValue>;

  constructor(values: ReadonlyMap<string, ParamValue>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** A query may hold a NUL; there a text is over. */
  text(name: string): string {
    const value = this.#values.get(name);
    return typeof value === 'string' ? (value.split('\0', 1)[0] as string) : '';
  }

  number(name: string): number {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : 0;
  }

  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /** What is no text in a list reads as an empty one. */
  list(name: string): readonly string[] {
    return this.items(name).map((item) => item ?? '');
  }

  /** A list with `null` for what is no text. */
  items(name: string): readonly (string | null)[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? (value as readonly (string | null)[]) : [];
  }

  /** A list of which each item must be a text: Asterisk ends at any other. */
  texts(name: string): readonly string[] {
    return this.items(name).map((item) => {
      if (item === null) throw new FatalRequest(`an item of '${name}' is no text`);
      return item;
    });
  }
}
