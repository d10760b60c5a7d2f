import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Target } from './subjects/subject.js';

/** Of Linux: ticks of the clock that processes are accounted by, a second. */
const ticksPerSecond = 100;

/** CPU time of the process that listens where the target is, in microseconds so far; NaN where it cannot be told. */
export function cpuOfServer({ url }: Target): number {
  try {
    const pid = ownerOf(listenerAt(Number(new URL(url).port)));
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
  } catch {
    return NaN;
  }
}

/** The inode of the socket that listens at a port. */
function listenerAt(port: number): string {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  const line = lines
    .map((each) => each.trim().split(/\s+/))
    .find((each) => each[1]?.endsWith(suffix) && each[3] === '0A');
  return line?.[9] ?? 'none';
}

function ownerOf(inode: string): string {
  const holds = (pid: string): boolean => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && holds(entry)) ?? 'none';
}
