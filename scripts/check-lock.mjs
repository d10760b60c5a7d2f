/**
 * Looks whether the lock files (of the folders named, else all of the project's) install on every machine; with
 * `--write` makes them so first. npm leaves out the native packages of other machines where `node_modules` exists while
 * it writes, and `npm ci` then fails, here or there.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What every native package must have a variant for. */
const machines = ['darwin-arm64', 'darwin-x64', 'win32-x64', 'linux-x64', 'linux-arm64'];
const musl = ['linux-x64', 'linux-arm64'];

const args = process.argv.slice(2);
const named = args.filter((arg) => arg !== '--write');
const folders = named.length > 0 ? named : ['.', 'bench', 'site', 'examples/testing/jest'];

if (args.includes('--write')) folders.forEach(write);
const faults = folders.flatMap(faultsOf);
if (faults.length > 0) {
  const more = faults.length > 30 ? `\nand ${faults.length - 30} more` : '';
  process.stderr.write(
    `${faults.slice(0, 30).join('\n')}${more}\n\n\`npm run lock\` mends that, and keeps the versions that are there.\n`,
  );
  process.exitCode = 1;
} else {
  process.stdout.write(`${folders.length} lock files are whole: ${machines.join(', ')}, and musl\n`);
}

function faultsOf(folder) {
  const file = join(folder, 'package-lock.json');
  const { packages } = readJson(file);
  const looks = [differsFromManifest, says, lacks, lacksMachines];
  return Object.keys(packages).flatMap((path) =>
    looks.flatMap((look) => look(path, packages, folder)).map((fault) => `${file}: ${path || 'the project'} ${fault}`),
  );
}

/** A package of the project must ask for what its package.json asks for. */
function differsFromManifest(path, packages, folder) {
  const entry = packages[path];
  if (path.includes('node_modules')) return [];
  const manifest = readJson(join(folder, path, 'package.json'));
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    .filter((kind) => JSON.stringify(entry[kind]) !== JSON.stringify(manifest[kind]))
    .map((kind) => `has other ${kind} than its package.json`);
}

function says(path, packages) {
  const { resolved = '', libc } = packages[path];
  return [
    ...(/^\w+:/.test(resolved) ? ['names where it was downloaded from, which is not where others do'] : []),
    ...(libc === undefined ? [] : ['has libc, which npm 10 removes: setting up would change the file']),
  ];
}

function lacks(path, packages) {
  const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} } = packages[path];
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const missing = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
    .filter((name) => find(name, path, packages) === undefined)
    .join(', ');
  return missing === '' ? [] : [`needs what is not there: ${missing}`];
}

/** A package whose optional dependencies are for one machine each must have one for every machine. */
function lacksMachines(path, packages) {
  const fits = (machine) => variants.filter(({ os, cpu }) => os.some((o) => cpu.some((c) => `${o}-${c}` === machine)));
  const variants = Object.keys(packages[path].optionalDependencies ?? {})
    .map((name) => ({ name, ...find(name, path, packages) }))
    .filter(({ os, cpu }) => os && cpu);
  if (variants.length === 0) return [];
  const needsMusl = variants.some(({ name }) => name.includes('musl'));
  const unfit = [
    ...machines.filter((machine) => fits(machine).length === 0),
    ...musl
      .filter((machine) => needsMusl && !fits(machine).some(({ name }) => name.includes('musl')))
      .map((machine) => `${machine}-musl`),
  ];
  return unfit.length === 0 ? [] : [`has no native part for ${unfit.join(', ')}`];
}

/** The entry that a package at a path gets when it asks for a name, as Node would look for it. */
function find(name, path, packages) {
  const found = packages[join(path, 'node_modules', name).replaceAll('\\', '/')];
  if (found !== undefined || path === '') return found;
  const above = path.lastIndexOf('node_modules/');
  return find(name, above === -1 ? '' : path.slice(0, Math.max(above - 1, 0)), packages);
}

/** Has npm complete the file where there is no `node_modules`. */
function write(folder) {
  const place = mkdtempSync(join(tmpdir(), 'lock-'));
  const lock = join(place, 'package-lock.json');
  const { workspaces = [] } = readJson(join(folder, 'package.json'));
  const files = ['package.json', ...workspaces.map((path) => `${path}/package.json`), 'package-lock.json'];
  for (const file of files.filter((name) => existsSync(join(folder, name)))) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    copyFileSync(join(folder, file), join(place, file));
  }
  const flags = ['--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved', '--silent'];
  const { status } = spawnSync('npm', ['install', ...flags], {
    cwd: place,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm cannot write the lock file of ${folder}`);
  const written = readJson(lock);
  for (const entry of Object.values(written.packages)) delete entry.libc;
  writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(written, null, 2)}\n`);
  rmSync(place, { recursive: true });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
