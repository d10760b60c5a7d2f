import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { packInto } from './pack.js';

const execute = promisify(execFile);

/** What a program printed; one that fails rejects with the same and its exit code. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of somebody who uses the packages: a folder outside of ours. */
export class Project {
  readonly folder: string;

  readonly #env: Readonly<Record<string, string>>;

  private constructor(folder: string, env: Readonly<Record<string, string>> = {}) {
    this.folder = folder;
    this.#env = env;
  }

  static async make(): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), 'consumer-')));
    await project.write('package.json', '{ "private": true, "type": "module" }');
    return project;
  }

  /** The same project, whose programs find more in their environment. */
  with(env: Readonly<Record<string, string>>): Project {
    return new Project(this.folder, { ...this.#env, ...env });
  }

  /** A project in a folder of this one. */
  in(folder: string): Project {
    return new Project(this.path(folder), this.#env);
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), text);
  }

  /** Runs a file of this project with the Node that runs the tests. */
  node(...args: string[]): Promise<Output> {
    return this.run(process.execPath, args);
  }

  /** Runs npm here; it, too, finds the Node that runs the tests. */
  npm(...args: string[]): Promise<Output> {
    return this.run('npm', args);
  }

  /** Runs a program of an installed package as its users do. */
  npx(...args: string[]): Promise<Output> {
    return this.run('npx', ['--no-install', ...args]);
  }

  /** Runs a line of a page as a shell does. */
  shell(line: string): Promise<Output> {
    return this.run('sh', ['-c', line]);
  }

  /** Packs packages of ours and installs the archives, and other packages, with all that they depend on. */
  async install(folders: readonly string[], ...others: string[]): Promise<void> {
    const archives = await Promise.all(folders.map((folder) => packInto(this.folder, folder)));
    await this.npm('install', '--no-audit', '--no-fund', '--loglevel=error', ...archives, ...others);
  }

  /** Takes one of our programs for one of this project's. */
  copy(name: string): Promise<void> {
    return copyFile(resolve('test/package/programs', name), this.path(name));
  }

  /** Runs one of our programs as one of this project's. */
  async program(name: string, ...args: string[]): Promise<Output> {
    await this.copy(name);
    return this.node(name, ...args);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private run(command: string, args: readonly string[]): Promise<Output> {
    return execute(command, args, {
      cwd: this.folder,
      env: { ...process.env, ...this.#env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}` },
      // npm is a script there
      shell: process.platform === 'win32' && command.startsWith('np'),
      maxBuffer: 2 ** 26,
    });
  }
}
