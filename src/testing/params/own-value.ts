/** The value under a name that comes from outside: what every object inherits (`constructor`, `__proto__`) is none. */
export function ownValue<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
