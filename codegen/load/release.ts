import { CodegenError } from '../errors.js';

/** A release's numbers: `22.10.1` → 22, 10, 1. A part that is not known is absent. */
export interface ReleaseNumbers {
  readonly major: number;
  readonly minor?: number;
  readonly patch?: number;
}

/**
 * The release in what a server calls its version: `22.10.1`, Debian's `22.10.1~dfsg+~cs6.15-1`, `certified/22.8-cert4`.
 * Nothing for a build from a repository (`GIT-master-1a2b3c`), whose release is anybody's guess.
 */
export function releaseOf(version: string): string | undefined {
  const text = version.trim().replace(/^Asterisk\s+/i, '');
  const certified = /^certified[-/](\d{1,4}\.\d{1,4}-cert\d{1,4}[\w.~+-]{0,64})/.exec(text)?.[1];
  if (certified !== undefined) return `certified-${certified}`;
  return /^\d{1,4}(?:\.\d{1,4}){0,2}(?:-(?:rc|beta)\d{1,4})?(?!\d)/.exec(text)?.[0];
}

/** Takes a release apart that `releaseOf` gave. */
export function releaseNumbers(release: string): ReleaseNumbers | undefined {
  const match = /^(?:certified-)?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(release);
  if (!match) return undefined;
  const [, major, minor, patch] = match;
  return {
    major: Number(major),
    ...(minor === undefined ? {} : { minor: Number(minor) }),
    ...(patch === undefined ? {} : { patch: Number(patch) }),
  };
}

/**
 * The branch that the documents' own version belongs to. Its first number grows with each branch: 2 was Asterisk 14's, 10
 * is 22's. Number 1 served both 12 (up to 1.5) and 13; 0 was the betas of 12. The other numbers are no longer counted, so
 * the release within the branch cannot be told.
 */
export function branchOf(apiVersion: string): number | undefined {
  const match = /^(\d+)\.(\d+)/.exec(apiVersion);
  if (!match) return undefined;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major >= 2) return major + 12;
  return major === 1 && minor > 5 ? 13 : 12;
}

/** The release that a user names, if one is named. */
export function releaseGiven(release: string | undefined): string | undefined {
  if (release === undefined) return undefined;
  const known = releaseOf(release);
  if (known === undefined)
    throw new CodegenError(`'${release}' is not a release`, {
      allowed: ['22.10.1', 'certified-22.8-cert4', '22'],
    });
  return known;
}

/**
 * Whether a release is one of those that a list of first releases, one a branch, stands for. A branch newer than all of the
 * list is; one older than all, or left out between them, is not. Unknown where only the branch of the release is known.
 */
export function isSince(release: string, firsts: readonly string[]): boolean | undefined {
  const have = releaseNumbers(release);
  const list = firsts.map(releaseNumbers).filter((numbers) => numbers !== undefined);
  if (!have || list.length === 0) return undefined;
  const first = list.find(({ major }) => major === have.major);
  if (!first) return have.major > Math.max(...list.map(({ major }) => major));
  if ((first.minor ?? 0) === 0 && (first.patch ?? 0) === 0) return true;
  if (have.minor === undefined) return undefined;
  if (have.minor !== (first.minor ?? 0)) return have.minor > (first.minor ?? 0);
  return (have.patch ?? 0) >= (first.patch ?? 0);
}
