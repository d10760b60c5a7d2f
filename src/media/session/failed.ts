/** A promise that is rejected: whoever awaits it sees that, and if nobody does, the process goes on. */
export function failed(reason: Error): Promise<never> {
  const failure = Promise.reject(reason);
  failure.catch(() => undefined);
  return failure;
}
