/** The first releases that answer requests over the event connection, by branch; every later branch does. */
const overSocket = ['20.14', '21.9', '22.4'];

/** Whether an Asterisk can answer requests over the event connection; undefined if its release does not tell. */
export function answersOverSocket(release: string | undefined): boolean | undefined {
  return isSince(release, overSocket);
}

/**
 * Whether an Asterisk has what came with certain releases, by what it says of its own, such as `22.10.1+dfsg-1`; undefined
 * if that does not tell.
 * @param since one release a branch; every later branch has it
 */
export function isSince(release: string | undefined, since: readonly string[]): boolean | undefined {
  const own = parse(release ?? '');
  if (own === undefined) {
    return undefined;
  }
  const first = since.map(parse).filter((each) => each !== undefined);
  const branch = first.find(({ major }) => major === own.major);
  return branch === undefined ? first.every(({ major }) => major < own.major) : own.minor >= branch.minor;
}

function parse(release: string): { readonly major: number; readonly minor: number } | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
