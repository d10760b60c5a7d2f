import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Entry {
  dependencies?: Record<string, string>;
  resolved?: string;
  libc?: string[];
}

interface Lock {
  readonly packages: Record<string, Entry>;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  for (const workspace of ['codegen', 'relay', 'explorer']) mkdirSync(join(folder, workspace));
  for (const file of ['package.json', 'codegen/package.json', 'relay/package.json', 'explorer/package.json'])
    writeFileSync(join(folder, file), readFileSync(file));
});

afterEach(() => rmSync(folder, { recursive: true }));

function check(...folders: string[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/check-lock.mjs', ...folders], { encoding: 'utf8' });
  return { status, stderr };
}

/** The check of our lock file after a change. */
function checkWith(change: (lock: Lock) => void): { readonly status: number | null; readonly stderr: string } {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  change(lock);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  return check(folder);
}

const entry = ({ packages }: Lock, path: string): Entry => {
  const found = packages[path];
  if (found === undefined) throw new Error(`package-lock.json has no ${path}`);
  return found;
};

it('the lock files install on every machine', () => {
  expect(check()).toEqual({ status: 0, stderr: '' });
});

describe('a lock file is refused', () => {
  it('unless it knows the native packages of other machines', () => {
    const { status, stderr } = checkWith(
      ({ packages }) => delete packages['node_modules/@oxlint/binding-darwin-arm64'],
    );
    expect(status).toBe(1);
    expect(stderr).toContain('node_modules/oxlint needs what is not there: @oxlint/binding-darwin-arm64');
    expect(stderr).toContain('node_modules/oxlint has no native part for darwin-arm64');
    expect(stderr).toContain('`npm run lock` mends that');
  });

  it('unless it knows those of musl', () => {
    const { stderr } = checkWith(({ packages }) => delete packages['node_modules/@rolldown/binding-linux-arm64-musl']);
    expect(stderr).toContain('node_modules/rolldown has no native part for linux-arm64-musl');
  });

  it('unless it is that of the package.json', () => {
    const { stderr } = checkWith((lock) => {
      entry(lock, 'codegen').dependencies = { commander: '^1.0.0' };
    });
    expect(stderr).toContain('codegen has other dependencies than its package.json');
  });

  it('if it names where something was downloaded from', () => {
    const { stderr } = checkWith((lock) => {
      entry(lock, 'node_modules/ws').resolved = 'https://packages.example/ws.tgz';
    });
    expect(stderr).toContain('node_modules/ws names where it was downloaded from');
  });

  it('if older npm would change it', () => {
    const { stderr } = checkWith((lock) => {
      entry(lock, 'node_modules/ws').libc = ['glibc'];
    });
    expect(stderr).toContain('node_modules/ws has libc');
  });
});
