/**
 * The fewest steps, in their order, for which `fails` still holds: leaves out halves, quarters and so on, then single
 * ones, as long as something can be left out.
 */
export async function shrink<T>(steps: readonly T[], fails: (fewer: readonly T[]) => Promise<boolean>): Promise<T[]> {
  let kept = [...steps];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (fewer.length > 0 && (await fails(fewer))) kept = fewer;
      else at += size;
    }
  }
  return kept;
}
