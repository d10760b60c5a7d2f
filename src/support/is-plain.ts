/**
 * Whether JSON carries all of an object: maps, promises and the like have no fields of their own, and what is inherited
 * is left out.
 */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
