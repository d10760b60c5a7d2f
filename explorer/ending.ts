/** How the program ended, and why. */
interface End {
  readonly code: 0 | 1;
  readonly reason: string;
}

/** Waits for a signal, or until Asterisk's connection is over for good. */
export async function ending(over: Promise<Error | undefined>): Promise<End> {
  let onSignal = (_signal: NodeJS.Signals): void => {};
  const told = new Promise<End>((resolve) => {
    onSignal = (signal) => resolve({ code: 0, reason: `Ended by ${signal}.` });
  });
  const lost = over.then((error): End => {
    return { code: 1, reason: error?.message ?? 'the connection to Asterisk was taken over by somebody else' };
  });
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const end = await Promise.race([told, lost]);
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  return end;
}
