const FORM = /^(\d+)\.(\d+)\.(\d+)$/;

/** The version that a word means: `patch`, `minor` or `major` of the current one, or a version itself. */
export function nextVersion(current, word) {
  const [major, minor, patch] = numbers(current);
  if (word === 'patch') return `${major}.${minor}.${patch + 1}`;
  if (word === 'minor') return `${major}.${minor + 1}.0`;
  if (word === 'major') return `${major + 1}.0.0`;
  if (!FORM.test(word ?? '')) throw new Error(`which version? Allowed are patch, minor, major and one as 1.2.3`);
  return word;
}

/** Whether one version is of before another. */
export function isBefore(one, other) {
  const [a, b] = [numbers(one), numbers(other)];
  const first = a.findIndex((value, index) => value !== b[index]);
  return first !== -1 && a[first] < b[first];
}

function numbers(version) {
  return FORM.exec(version).slice(1).map(Number);
}
