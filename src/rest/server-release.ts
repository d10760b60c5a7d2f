/** The first releases that answer requests over the event connection, by branch; every later branch does. */
const first: Readonly<Record<number, number>> = { 20: 14, 21: 9, 22: 4 };
const newest = Math.max(...Object.keys(first).map(Number));

/**
 * Whether an Asterisk can answer requests over the event connection, by what it says of its release, such as
 * `22.10.1+dfsg-1`; undefined if that does not tell.
 */
export function answersOverSocket(release: string | undefined): boolean | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release ?? '') ?? [];
  if (major === undefined) {
    return undefined;
  }
  const since = first[Number(major)];
  return since === undefined ? Number(major) > newest : Number(minor) >= since;
}
