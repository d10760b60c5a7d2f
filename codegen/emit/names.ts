import { CodegenError } from '../errors.js';

/** Words that cannot be the name of a constant in a module. */
const reservedWords = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

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

/** A name that becomes a type or a class; documents are free to hold anything. */
export function typeName(name: string, what: string): string {
  if (!isIdentifier(name) || reservedWords.has(name)) {
    throw new CodegenError('the name cannot be that of a TypeScript type', {
      at: `${what} '${name}'`,
      allowed: ['letters, digits and _, no reserved word'],
    });
  }
  return name;
}

/** A string in single quotes. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
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
