import { visible } from '../visible.js';
import { reservedWords } from './reserved.js';

export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** The one rule for every clash of names: a taken name gets a trailing underscore. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(`${name}_`, taken) : name;
}

/** The name of a constant in a module: `delete` becomes `delete_`. */
export function constantName(name: string): string {
  return freeName(name, reservedWords);
}

/** A string in single quotes. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  // ts-morph takes `'\\\\'` for a string without an end, and what follows for its text
  return `'${visible(inner).replace(/\\\\$/, '\\x5c')}'`;
}

/** The name of a property, quoted where it must be. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

/** How a property is read off an object: `.id` or `['x-id']`. */
export function propertyAccess(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${quote(name)}]`;
}

export function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

export function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `device_state` → `deviceState`. */
export function camelCase(text: string): string {
  return text.replace(/[^A-Za-z0-9]+([A-Za-z0-9])?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
}
