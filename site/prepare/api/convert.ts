import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Application, type ProjectReflection, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { REPOSITORY } from '../paths.ts';
import { defineRouter } from './anchors.ts';
import { resolveLinks } from './links.ts';
import { reshape } from './reshape.ts';
import { defineTheme } from './theme.ts';
import { WRAPPERS } from './wrappers.ts';

/** Has typedoc read the modules and write a page of Markdown for each of them. */
export async function convert(files: readonly string[], out: string): Promise<ProjectReflection> {
  const options: TypeDocOptions & Partial<PluginOptions> = {
    entryPoints: [...files],
    tsconfig: writeTsconfig(),
    basePath: WRAPPERS,
    displayBasePath: WRAPPERS,
    readme: 'none',
    disableSources: true,
    disableGit: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeInternal: true,
    preservedTypeAnnotationTags: ['@throws'],
    sort: ['source-order'],
    validation: { notExported: false, invalidLink: true, rewrittenLink: false, notDocumented: false },
    treatWarningsAsErrors: true,
    logLevel: 'Warn',
    plugin: ['typedoc-plugin-markdown', defineRouter, defineTheme, reshape, resolveLinks],
    theme: 'compact',
    router: 'names',
    useHTMLAnchors: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    hideGroupHeadings: true,
    useCodeBlocks: true,
    parametersFormat: 'table',
    propertiesFormat: 'table',
    tableColumnSettings: {
      hideInherited: true,
      hideModifiers: true,
      hideOverrides: true,
      hideSources: true,
      leftAlignHeaders: true,
    },
    outputs: [{ name: 'markdown', path: out }],
  };
  const app = await Application.bootstrapWithPlugins(options);
  const project = await app.convert();
  if (project === undefined || app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error('typedoc could not read the package');
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('typedoc could not write the reference');
  return project;
}

/** The modules stand in a folder of their own, which is made anew each time. */
function writeTsconfig(): string {
  const file = resolve(WRAPPERS, 'tsconfig.json');
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2023', 'ESNext.Disposable'],
    module: 'NodeNext',
    types: ['node'],
    typeRoots: [resolve(REPOSITORY, 'node_modules/@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  };
  writeFileSync(file, JSON.stringify({ compilerOptions, include: ['.'] }));
  return file;
}
