/** Two sequences side by side: what belongs together, and what only one of them has. */
export type Pairing<T> =
  | readonly [left: T, right: T]
  | readonly [left: T, right: undefined]
  | readonly [left: undefined, right: T];

/** Pairs the items of two sequences by key, in order, so that as few as possible are left alone. */
export function align<T>(left: readonly T[], right: readonly T[], key: (item: T) => string): Pairing<T>[] {
  const lengths = commonLengths(left.map(key), right.map(key));
  const pairs: Pairing<T>[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [one, other] = [left[i], right[j]];
    if (one !== undefined && other !== undefined && key(one) === key(other)) {
      pairs.push([one, other]);
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      pairs.push([one, undefined]);
      i += 1;
    } else if (other !== undefined) {
      pairs.push([undefined, other]);
      j += 1;
    }
  }
  return pairs;
}

/** At [i][j], how many keys the rests from i and j have in common, in order. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => 0));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row !== undefined) {
        row[j] =
          left[i] === right[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
      }
    }
  }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0;
}
