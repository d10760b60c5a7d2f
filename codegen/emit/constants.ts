import { comment } from './docs.js';
import { literal } from './literal.js';

/**
 * An exported constant, as text: ts-morph would indent the lines of its value once more.
 * @param open breaks the value's outermost level whatever its length
 */
export function constant(name: string, type: string, value: unknown, open: boolean, text?: string): string {
  const declaration = `export const ${name}: ${type} = `;
  return `\n${comment([text])}${declaration}${literal(value, 0, declaration.length, open)};`;
}
