import { cellsOf, cut } from './cells.js';
import type { Glyphs } from './glyphs.js';

/** One line of the terminal, being drawn. */
export class Canvas {
  readonly #cells: string[];
  readonly #glyphs: Glyphs;
  readonly #ascii: boolean;

  constructor(width: number, glyphs: Glyphs, ascii: boolean) {
    this.#cells = Array.from({ length: width }, () => ' ');
    this.#glyphs = glyphs;
    this.#ascii = ascii;
  }

  put(column: number, glyph: string): void {
    if (column >= 0 && column < this.#cells.length) {
      this.#cells[column] = glyph;
    }
  }

  at(column: number): string | undefined {
    return this.#cells[column];
  }

  /** Writes a text between two columns, the second not included; in the middle, or from the first. */
  write(text: string, start: number, end: number, middle: boolean): void {
    const room = Math.min(end, this.#cells.length) - start;
    const cells = cut(cellsOf(text, this.#ascii), room, this.#glyphs.ellipsis);
    const offset = middle ? Math.floor((room - cells.length) / 2) : 0;
    this.#cells.splice(start + offset, cells.length, ...cells);
  }

  toString(): string {
    return this.#cells.join('').trimEnd();
  }
}
