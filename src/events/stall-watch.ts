/** How often the clock is looked at; a stall is seen with an error of that size at most. */
const tickMs = 50;

/** Stalls that follow each other are told once in this time, with the longest of them. */
const quietMs = 1_000;

/**
 * Tells when the event loop was blocked for too long. It can only tell afterwards, but a process that stalls once does
 * it again, and Asterisk is patient until its buffers are full. Returns how to stop.
 */
export function watchStalls(slowAfterMs: number, onStall: (blockedMs: number) => void): () => void {
  if (slowAfterMs === 0) {
    return () => undefined;
  }
  let expected = performance.now() + tickMs;
  let longestMs = 0;
  let quietUntil = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    const blockedMs = now - expected;
    expected = now + tickMs;
    if (blockedMs >= slowAfterMs) {
      longestMs = Math.max(longestMs, blockedMs);
    }
    if (longestMs > 0 && now >= quietUntil) {
      quietUntil = now + quietMs;
      onStall(Math.round(longestMs));
      longestMs = 0;
    }
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
