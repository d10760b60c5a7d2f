import { readFileSync } from 'node:fs';
import { git, headingOf } from './project.mjs';
import { isBefore } from './version.mjs';

/** What stands against releasing a version, all of it: nothing if the list is empty. */
export function refusals(packages, version) {
  return [...ofTree(), ...ofVersion(packages, version), ...ofChangelog(version), ...ofProvenance(packages)];
}

function ofTree() {
  const branch = git('branch', '--show-current');
  if (branch === undefined) return ['this is no clone of the repository'];
  const changes = (git('status', '--porcelain') ?? '').split('\n').filter((line) => line !== '');
  return [
    ...(branch === 'main' ? [] : [`the branch is ${branch || 'none'}: releases are made of main`]),
    ...(changes.length === 0 ? [] : [`the tree has changes that are not committed: ${changes.join(', ').trim()}`]),
  ];
}

function ofVersion([{ version: current }, ...others], version) {
  const apart = others.filter((each) => each.version !== current).map((each) => `${each.name} ${each.version}`);
  return [
    ...(apart.length === 0 ? [] : [`the packages have other versions than ${current}: ${apart.join(', ')}`]),
    ...(isBefore(version, current) ? [`${version} is of before ${current}`] : []),
    ...(git('tag', '--list', `v${version}`) ? [`the tag v${version} is there: that version is released`] : []),
  ];
}

function ofChangelog(version) {
  const text = readFileSync('CHANGELOG.md', 'utf8');
  const heading = headingOf(version).exec(text);
  if (heading === null) return [`CHANGELOG.md has no section '## ${version} – unreleased'`];
  if (heading[1] !== 'unreleased') return [`CHANGELOG.md says that ${version} was released on ${heading[1]}`];
  const [section = ''] = text.slice(heading.index + heading[0].length).split(/^## /m);
  return section.trim() === '' ? [`CHANGELOG.md says nothing about ${version}`] : [];
}

/** npm compares where a package says that it comes from with where it was published from. */
function ofProvenance(packages) {
  const without = packages.filter(({ repository }) => repository === undefined).map(({ file }) => file);
  return without.length === 0 ? [] : [`${without.join(', ')}: no repository, by which npm tells provenance`];
}
