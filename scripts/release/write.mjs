import { readFileSync, writeFileSync } from 'node:fs';
import { headingOf } from './project.mjs';

/** Gives all packages the version, in their manifests and the lock file, and its section in the CHANGELOG the day. */
export function writeVersion(packages, version, day) {
  const [{ version: current }] = packages;
  const names = packages.map(({ name }) => name);
  for (const { file } of packages) {
    const text = names.reduce(
      (rest, name) => rest.replaceAll(`"${name}": "^${current}"`, `"${name}": "^${version}"`),
      readFileSync(file, 'utf8').replace(`"version": "${current}"`, `"version": "${version}"`),
    );
    writeFileSync(file, text);
  }
  writeLock(packages, version);
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  writeFileSync('CHANGELOG.md', changelog.replace(headingOf(version), `## ${version} – ${day}`));
}

function writeLock(packages, version) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  lock.version = version;
  for (const { folder } of packages) {
    const entry = lock.packages[folder === '.' ? '' : folder];
    entry.version = version;
    for (const { name } of packages) {
      if (entry.dependencies?.[name]?.startsWith('^')) entry.dependencies[name] = `^${version}`;
    }
  }
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}
