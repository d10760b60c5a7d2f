import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf } from '../support/manifest.js';
import { Project, type Output } from '../support/project.js';
import { fencesOf, helloOfReadme } from '../support/pages.js';

const compilers = {
  '5.4': 'typescript-5.4@npm:typescript@5.4',
  '5.9': 'typescript-5.9@npm:typescript@5.9',
  '6': 'typescript-6@npm:typescript@6',
  '7': 'typescript-7@npm:typescript@7',
} as const;

/** Knows neither require() of a module, which 5.8 does, nor what the declarations of NATS say, which need 5.7. */
const oldest = '5.4';

const modules = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const;

const strictness = {
  /** Not with NATS, whose own declarations are wrong then. */
  strictest: { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, lib: ['es2022'] },
  strict: { strict: true },
  loose: { strict: false },
} as const;

/** Every compiler with both resolutions, and the strictest and the loosest way with the oldest and the newest. */
const projects = [
  ['5.4', 'nodenext', 'strictest'],
  ['5.4', 'bundler', 'loose'],
  ['5.9', 'nodenext', 'loose'],
  ['5.9', 'bundler', 'strict'],
  ['6', 'nodenext', 'strict'],
  ['6', 'bundler', 'strictest'],
  ['7', 'nodenext', 'strictest'],
  ['7', 'nodenext', 'strict'],
  ['7', 'bundler', 'strictest'],
  ['7', 'bundler', 'loose'],
] as const;

describe('the declarations of the SDK, every one of them looked at', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.make();
    await project.install(['.'], ...Object.values(compilers), '@types/node@20', '@nats-io/transport-node@3');
    await project.write('src/hello.ts', helloOfReadme());
    await project.write(
      'src/every.ts',
      everyEntry((entry) => !entry.endsWith('/nats')),
    );
    await project.write(
      'new/nats.ts',
      everyEntry((entry) => entry.endsWith('/nats')),
    );
    await project.write('new/required.cts', REQUIRED);
  }, 240_000);

  afterAll(() => project.remove());

  it.each(projects)(
    'compile with TypeScript %s, resolution %s, %s',
    async (version, resolution, degree) => {
      const name = `${version}-${resolution}-${degree}`;
      const compilerOptions = {
        ...modules[resolution],
        ...strictness[degree],
        target: 'es2022',
        types: ['node'],
        rootDir: '.',
        outDir: `out/${name}`,
        skipLibCheck: false,
      };
      const include = [
        'src',
        ...(version === oldest || degree === 'strictest' ? [] : ['new/nats.ts']),
        ...(version === oldest || resolution === 'bundler' ? [] : ['new/required.cts']),
      ];
      await project.write(`${name}.json`, JSON.stringify({ compilerOptions, include }));
      const tsc = project.path('node_modules', `typescript-${version}`, 'bin', 'tsc');
      const { stdout } = await project.node(tsc, '-p', `${name}.json`).catch((error: Output) => error);
      expect(stdout).toBe('');
    },
    120_000,
  );

  describe('as a newcomer compiles them', () => {
    beforeAll(async () => {
      const programs = ['docs/getting-started.md', 'docs/project-structure.md', 'docs/bindings.md'];
      const codes = [helloOfReadme(), ...programs.flatMap((page) => fencesOf(page, 'ts'))];
      expect(codes).toHaveLength(5);
      await Promise.all(codes.map((code, index) => project.write(`newcomer/page-${index}.ts`, code)));
    });

    it.each(['README.md', 'docs/getting-started.md'].flatMap((page) => Object.keys(compilers).map((v) => [page, v])))(
      'by the tsconfig.json of %s, programs of the pages pass TypeScript %s',
      async (page, version) => {
        await project.write('newcomer/tsconfig.json', fencesOf(page, 'json')[0] ?? '');
        const tsc = project.path('node_modules', `typescript-${version}`, 'bin', 'tsc');
        const { stdout } = await project.node(tsc, '--noEmit', '-p', 'newcomer').catch((error: Output) => error);
        expect(stdout).toBe('');
      },
      120_000,
    );
  });

  it('lead to what runs, by import and by require()', async () => {
    expect(await project.node('out/7-nodenext-strictest/src/every.js')).toEqual({ stdout: '', stderr: '' });
    expect(await project.node('out/7-nodenext-strictest/new/required.cjs')).toEqual({
      stdout: 'connect\n',
      stderr: '',
    });
  });
});

/** A module that imports the entries of the SDK that it is asked for, types and values. */
function everyEntry(wanted: (entry: string) => boolean): string {
  const { name, exports } = manifestOf('.');
  const entries = Object.entries(exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([path]) => path.replace('.', name))
    .filter(wanted);
  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}';`);
  const uses = entries.map((_, index) => `if (Object.keys(entry${index}).length === 0) throw new Error('empty');`);
  return [...imports, ...uses, ''].join('\n');
}

/** CommonJS, and how a function is typed there. */
const REQUIRED = `
import ari = require('asterisk-ari');
const connect: (url: string, username: string, password: string) => Promise<ari.AriClient> = ari.connect;
console.log(connect.name);
`;
