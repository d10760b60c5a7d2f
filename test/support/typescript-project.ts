import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A project in a folder of its own, as users have it: generated bindings find the runtime and the types of Node. */
export class TypeScriptProject {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ari-project-'));

  /** @param flags compiler options that are on */
  constructor(flags: readonly string[]) {
    const compilerOptions = {
      ...Object.fromEntries(flags.map((flag) => [flag, true])),
      target: 'ES2022',
      lib: ['ES2023', 'ESNext.Disposable'],
      module: 'NodeNext',
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      paths: {
        'asterisk-ari/runtime': [join(root, 'src/runtime.ts')],
        'asterisk-ari/validation': [join(root, 'src/validation.ts')],
      },
    };
    this.write('package.json', '{ "type": "module" }');
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  }

  write(path: string, text: string): void {
    const file = join(this.#folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** What the compiler says, and how it ends. */
  compile(): { readonly output: string; readonly status: number | null } {
    const tsc = [join(root, 'node_modules/typescript/bin/tsc'), '-p', this.#folder, '--pretty', 'false'];
    const { stdout, stderr, status } = spawnSync(process.execPath, tsc, { encoding: 'utf8' });
    return { output: stdout + stderr, status };
  }

  /** Runs a file of the project, on the runtime as it is built; its bindings may call each other as they like. */
  run(path: string): { readonly output: string; readonly status: number | null } {
    mkdirSync(join(this.#folder, 'node_modules'), { recursive: true });
    symlinkSync(root, join(this.#folder, 'node_modules/asterisk-ari'), 'junction');
    const args = ['--import', import.meta.resolve('tsx'), path];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: this.#folder, encoding: 'utf8' });
    return { output: stdout + stderr, status };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
