/**
 * What is settled later, maybe with a failure. Whoever awaits it sees that, and if nobody does, the process goes on.
 * @param begin is handed what settles it
 */
export function settled<T>(begin: (settle: (result: T | Error) => void) => void): Promise<T> {
  const promise = new Promise<T>((resolve, reject) => {
    begin((result) => (result instanceof Error ? reject(result) : resolve(result)));
  });
  promise.catch(() => undefined);
  return promise;
}
