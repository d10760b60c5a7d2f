import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { byFolder } from './support/by-folder.js';
import { manifestOf } from './support/manifest.js';
import { packedContents, type Packed } from './support/pack.js';

interface Expected {
  readonly folder: string;
  /** Everything that may be in the archive. */
  readonly allowed: RegExp;
  /** Where a compiled file's source is. */
  readonly source: (file: string) => string;
  /** A script of a page, which no module imports: joined of many. */
  readonly page?: string;
  /** Where the documents of the branches are, if it has them. */
  readonly documents?: string;
  /** Bytes, of the archive and unpacked: a tenth above what it is. */
  readonly size: number;
  readonly unpackedSize: number;
}

const packages: readonly Expected[] = [
  {
    folder: '.',
    allowed:
      /^(README\.md|CHANGELOG\.md|LICENSE|package\.json|dist\/.+\.(js|d\.ts)|dist\/api-docs\/v\d+\/\w+\.json|docs\/[\w-]+\.md|examples\/(README\.md|([\w-]+\/)*[\w.-]+\.[jt]s|testing\/jest\/package\.json))$/,
    source: (file) => file.replace(/^dist\//, ''),
    documents: 'dist/api-docs',
    size: 720_000,
    unpackedSize: 3_900_000,
  },
  {
    folder: 'codegen',
    allowed:
      /^(README\.md|LICENSE|package\.json|bin\/ari-codegen\.js|template\/[\w./]+|dist\/.+\.(js|d\.ts)|dist\/api-docs\/(v\d+|descriptions)\/[\w/]+\.json)$/,
    source: (file) => file.replace(/^dist\//, 'codegen/'),
    documents: 'dist/api-docs',
    size: 150_000,
    unpackedSize: 900_000,
  },
  {
    folder: 'relay',
    allowed: /^(README\.md|LICENSE|package\.json|bin\/ari-relay\.js|dist\/\w[\w-]*\.js)$/,
    source: (file) => file.replace(/^dist\//, 'relay/'),
    size: 13_000,
    unpackedSize: 38_000,
  },
  {
    folder: 'explorer',
    allowed:
      /^(README\.md|LICENSE|package\.json|bin\/ari-explorer\.js|dist\/[\w/-]+\.js|dist\/operations\/v\d+\.json|dist\/page\/(app\.css|icon\.svg|index\.html|licences\.txt))$/,
    source: (file) => file.replace('app.js', 'app.tsx').replace(/^dist\//, 'explorer/'),
    page: 'dist/page/app.js',
    size: 130_000,
    unpackedSize: 800_000,
  },
];

describe.each(packages)(
  'what is packed of $folder',
  ({ folder, allowed, source, page, documents, size, unpackedSize }) => {
    const manifest = manifestOf(folder);
    const entries = [
      ...Object.values(manifest.exports).flatMap((target) => (typeof target === 'string' ? [] : Object.values(target))),
      ...Object.values(manifest.bin ?? {}),
      ...(page === undefined ? [] : [page]),
    ].map((target: string) => target.replace(/^\.\//, ''));
    let packed: Packed;
    let files: readonly string[];

    const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
    /** Files with code and what they import, by whatever form. */
    const imports = (): ReadonlyMap<string, readonly string[]> =>
      new Map(
        files
          .filter((file) => /\.(js|d\.ts)$/.test(file) && !file.startsWith('examples/'))
          .map((file) => [
            file,
            [...read(file).matchAll(/\b(?:from\s*|import\s*\(?\s*)["']([\w@./:-]+)["']/g)].map(([, to]) => to ?? ''),
          ]),
      );

    beforeAll(async () => {
      packed = await packedContents(folder);
      files = packed.files.map(({ path }) => path);
    }, 60_000);

    it('is what is needed, and nothing else', () => {
      expect(files.filter((file) => !allowed.test(file))).toEqual([]);
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', ...entries]));
    });

    it('is, folder by folder, what the snapshot says', async () => {
      await expect(byFolder(packed.files)).toMatchFileSnapshot(`contents/${manifest.name}.txt`);
    });

    it('has a README that leads to every guide', () => {
      const guides = files.filter((file) => /^docs\/[\w-]+\.md$/.test(file));
      expect(guides.filter((file) => !read('README.md').includes(`](${file})`))).toEqual([]);
    });

    it('has every file that its pages link to', () => {
      const links = files
        .filter((file) => file.endsWith('.md'))
        .flatMap((file) =>
          [...read(file).matchAll(/\]\((?!\w+:|#)([^()\s#]+)[^()\s]*\)/g)].map(([, to = '']) => [file, to]),
        );
      if (folder === '.') expect(links.length).toBeGreaterThan(100);
      const leadingAway = links.filter(([file = '', to = '']) => !files.includes(posix.join(posix.dirname(file), to)));
      expect(leadingAway).toEqual([]);
    });

    if (documents !== undefined) {
      it('has the documents of every branch', () => {
        const branches = readdirSync('api-docs').filter((name) => /^v\d+$/.test(name));
        const expected = branches.flatMap((branch) =>
          readdirSync(join('api-docs', branch)).map((name) => `${documents}/${branch}/${name}`),
        );
        expect(expected.length).toBeGreaterThan(60);
        expect(files).toEqual(expect.arrayContaining(expected));
      });
    }

    it('is no larger than it has to be', () => {
      expect(packed.size).toBeLessThan(size);
      expect(packed.unpackedSize).toBeLessThan(unpackedSize);
    });

    it('has no file of which the source is gone, and none that points at a source', () => {
      const chunk = /^dist\/src\/chunks\//;
      const compiled = files.filter((file) => /^dist\/.*\.(js|d\.ts)$/.test(file) && !chunk.test(file));
      const lost = compiled.filter((file) => !existsSync(source(file).replace(/\.(js|d\.ts)$/, '.ts')));
      expect(lost).toEqual([]);
      expect([...imports().keys()].filter((file) => /^\/\/# sourceMappingURL/m.test(read(file)))).toEqual([]);
    });

    it('has no module and no declaration that nothing imports', () => {
      const imported = new Set(
        [...imports()].flatMap(([file, targets]) =>
          targets
            .filter((target) => target.startsWith('.'))
            .map((target) => join(file, '..', target).replaceAll('\\', '/'))
            .map((target) => (file.endsWith('.d.ts') ? target.replace(/\.js$/, '.d.ts') : target)),
        ),
      );
      expect([...imports().keys()].filter((file) => !imported.has(file) && !entries.includes(file))).toEqual([]);
      expect([...imported].filter((file) => !files.includes(file))).toEqual([]);
    });

    /** The packages that files import. */
    const packagesIn = (ending: string): ReadonlySet<string> => {
      const names = [...imports()]
        .flatMap(([file, targets]) => (file.endsWith(ending) ? targets : []))
        .filter((target) => !target.startsWith('.') && !isBuiltin(target))
        .map((target) => target.replace(/^(@[^/]+\/[^/]+|[^/]+).*/, '$1'));
      return new Set(names.filter((name) => name !== manifest.name));
    };

    it('imports its dependencies, all of them, and nothing that it does not depend on', () => {
      const { dependencies, peerDependencies = {} } = manifest;
      expect(packagesIn('')).toEqual(new Set(Object.keys({ ...dependencies, ...peerDependencies })));
    });

    it('has declarations that import no package whose types one would have to install besides', () => {
      const untyped = [...packagesIn('.d.ts')].filter((name) => {
        const { types, typings } = manifestOf(join('node_modules', name)) as { types?: string; typings?: string };
        return (types ?? typings) === undefined;
      });
      expect(untyped).toEqual([]);
    });
  },
);
