import { copyFile } from 'node:fs/promises';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Project } from '../support/project.js';

/** What an ES module of esbuild needs that holds CommonJS, that of `ws`: require(). Rolldown sees to it itself. */
const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

const esbuild = ['esbuild', 'bundled.mjs', '--bundle', '--platform=node', '--log-level=warning'] as const;

/** Bundlers' arguments for one file of each form. */
const bundlers = {
  esbuild: {
    cjs: [...esbuild, '--outfile=esbuild.cjs'],
    mjs: [...esbuild, '--outfile=esbuild.mjs', '--format=esm', `--banner:js=${banner}`],
  },
  rolldown: {
    cjs: ['rolldown', '-c', 'cjs.config.mjs', '--silent'],
    mjs: ['rolldown', '-c', 'mjs.config.mjs', '--silent'],
  },
} as const;

const rolldownConfig = (form: 'cjs' | 'mjs') =>
  `export default ${JSON.stringify({
    input: 'bundled.mjs',
    platform: 'node',
    output: {
      file: `rolldown.${form}`,
      format: form === 'cjs' ? 'cjs' : 'esm',
      codeSplitting: false,
    },
  })};`;

describe('an application that is bundled into one file', () => {
  let project: Project;
  let empty: Project;
  let asterisk: TestAsterisk;

  beforeAll(async () => {
    [project, empty] = await Promise.all([Project.make(), Project.make()]);
    asterisk = await startAsterisk({ recordings: { greeting: Buffer.from('RIFF....WAVE') } });
    asterisk.phone('PJSIP/ann').manner = 'answer';
    await project.install(['.'], 'esbuild@0.28', 'rolldown@1');
    await project.copy('bundled.mjs');
    for (const form of ['cjs', 'mjs'] as const) await project.write(`${form}.config.mjs`, rolldownConfig(form));
  }, 240_000);

  afterAll(() => Promise.all([asterisk.close(), project.remove(), empty.remove()]));

  it.each([
    ['esbuild', 'cjs'],
    ['esbuild', 'mjs'],
    ['rolldown', 'cjs'],
    ['rolldown', 'mjs'],
  ] as const)('by %s as .%s runs where nothing is installed', async (bundler, form) => {
    await project.npx(...bundlers[bundler][form]);
    const file = `${bundler}.${form}`;
    await copyFile(project.path(file), empty.path(file));
    const env = { ARI_URL: asterisk.url, ARI_USERNAME: asterisk.username, ARI_PASSWORD: asterisk.password };
    expect(await empty.with(env).node(file)).toEqual({ stdout: '', stderr: '' });
  });
});
