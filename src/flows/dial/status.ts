/**
 * How it ended with a target, in Asterisk's words: `ANSWER`, `BUSY`, `NOANSWER`, `CONGESTION`, `CHANUNAVAIL` (nobody is
 * there), and `CANCEL` (given up: another has answered, the caller has hung up, time was up, or the signal has aborted).
 * And in ours: `NOTACCEPTED`, who answered did not accept the call, hung up before that, or was taken out of the
 * application meanwhile; `NOTDIALED`, it did not come to that.
 */
export type TargetStatus =
  | 'ANSWER'
  | 'BUSY'
  | 'NOANSWER'
  | 'CONGESTION'
  | 'CHANUNAVAIL'
  | 'CANCEL'
  | 'NOTACCEPTED'
  | 'NOTDIALED';

/** What Asterisk may tell with a `Dial` event of how it ended. */
const ends: ReadonlySet<string> = new Set(['BUSY', 'NOANSWER', 'CONGESTION', 'CHANUNAVAIL']);

/** The statuses that hang-up causes stand for; without one of them, nobody answered. */
const byCause: ReadonlyMap<number, TargetStatus> = new Map([
  [1, 'CHANUNAVAIL'],
  [2, 'CHANUNAVAIL'],
  [3, 'CHANUNAVAIL'],
  [17, 'BUSY'],
  [20, 'CHANUNAVAIL'],
  [34, 'CONGESTION'],
  [38, 'CONGESTION'],
  [42, 'CONGESTION'],
]);

/** @param dialstatus of a `Dial` event; undefined where there was none, that is, nothing could be dialled */
export function statusOf(dialstatus: string | undefined, cause: number | undefined): TargetStatus {
  if (dialstatus !== undefined && ends.has(dialstatus) && dialstatus !== 'NOANSWER') {
    return dialstatus as TargetStatus;
  }
  return byCause.get(cause ?? 0) ?? (dialstatus === undefined ? 'CHANUNAVAIL' : 'NOANSWER');
}

/** Whether nobody will answer any more, though the channel may still be there. */
export function isRefusal(dialstatus: string): boolean {
  return dialstatus === 'BUSY' || dialstatus === 'CONGESTION';
}

/** Hang-up causes that `dial` gives. */
export const causes = { normal: 16, busy: 17, noAnswer: 19, answeredElsewhere: 26, congestion: 34 } as const;
