/**
 * What a callback has given that is to answer at once. A promise will be refused, and nobody is left to see it fail, which
 * would end the process.
 */
export function atOnce<T>(given: T): T {
  if (given instanceof Promise) {
    given.catch(() => undefined);
  }
  return given;
}
