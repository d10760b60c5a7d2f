import { propertyName, quote } from './names.js';

const lineWidth = 120;

/** A piece of code in a literal, such as the name of a class. */
export class Code {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Plain data as TypeScript: on one line where it fits, else one member a line, as a formatter would have it.
 * @param indent spaces before the line that the literal begins on
 * @param column characters on that line already; `open` breaks the outermost level whatever its length
 */
export function literal(value: unknown, indent = 0, column = 0, open = false): string {
  const short = inline(value);
  if (value instanceof Code || typeof value !== 'object' || value === null) {
    return short;
  }
  if (!open && column + short.length < lineWidth) {
    return short;
  }
  const [opening, closing] = Array.isArray(value) ? '[]' : '{}';
  const lines = members(value).map(([label, member]) => {
    const text = literal(member, indent + 2, indent + 2 + label.length);
    return `${' '.repeat(indent + 2)}${label}${text},\n`;
  });
  return lines.length === 0 ? `${opening}${closing}` : `${opening}\n${lines.join('')}${' '.repeat(indent)}${closing}`;
}

function inline(value: unknown): string {
  if (value instanceof Code) {
    return value.text;
  }
  if (typeof value === 'string') {
    return quote(value);
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const parts = members(value).map(([label, member]) => label + inline(member));
  if (Array.isArray(value)) {
    return `[${parts.join(', ')}]`;
  }
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** The members that are there, each with what stands before it. */
function members(value: object): [label: string, member: unknown][] {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => ['', item]);
  }
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [`${propertyName(key)}: `, member]);
}
