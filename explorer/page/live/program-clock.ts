import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** How far the clock of the program, by which entries are timed, is ahead of the page's, in milliseconds. */
let ahead = 0;

/** What it is by the program's clock, in milliseconds since 1970; it goes on while {@link useProgramClock} has it do so. */
export const programTime = signal(Date.now());

export function setProgramClock(now: number): void {
  ahead = now - Date.now();
  tick();
}

/** Has the time go on, by the second, as long as it is wanted. */
export function useProgramClock(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [isWanted]);
}

function tick(): void {
  programTime.value = Date.now() + ahead;
}
