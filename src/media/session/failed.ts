/** A promise that is rejected: whoever awaits it sees that, and if nobody does, the process goes on. */
export function failed(error: Error): Promise<never> {
  const failure = Promise.reject(error);
  failure.catch(() => undefined);
  return failure;
}
