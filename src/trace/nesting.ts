/** So many levels of lists and objects a recorder keeps of what is said; no honest ARI has a dozen. */
export const keptLevels = 100;

/** So many are read of an entry: what is kept, and room for what it is in. */
export const readLevels = 2 * keptLevels;

/** Whether data is nested deeper than every drawing can bear. */
export function isTooDeep(value: unknown, levels = readLevels): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (levels === 0 || Object.values(value).some((each) => isTooDeep(each, levels - 1)))
  );
}
