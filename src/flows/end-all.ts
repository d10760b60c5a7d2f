/** Waits until everything has ended, whatever fails of it; then throws what failed first. */
export async function endAll(ends: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const outcomes = await Promise.allSettled(ends.filter((end) => end !== undefined));
  const failure = outcomes.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') {
    throw failure.reason;
  }
}
