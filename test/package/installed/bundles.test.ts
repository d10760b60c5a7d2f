import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile, cp } from 'node:fs/promises';
import { connect, type AriClient } from 'asterisk-ari';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencesOf, helloOfReadme } from '../support/pages.js';
import { Project, type Output } from '../support/project.js';

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
  let admin: AriClient;

  beforeAll(async () => {
    [project, empty] = await Promise.all([Project.make(), Project.make()]);
    asterisk = await startAsterisk({ recordings: { greeting: Buffer.from('RIFF....WAVE') } });
    asterisk.phone('PJSIP/ann').manner = 'answer';
    admin = await connect(asterisk.url, asterisk.username, asterisk.password);
    await project.install(['.'], 'esbuild@0.28', 'rolldown@1');
    await project.copy('bundled.mjs');
    for (const form of ['cjs', 'mjs'] as const) await project.write(`${form}.config.mjs`, rolldownConfig(form));
  }, 240_000);

  afterAll(async () => {
    await admin.close();
    await Promise.all([asterisk.close(), project.remove(), empty.remove()]);
  });

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

  describe('by the commands of the page', () => {
    const page = 'docs/bindings.md';
    const commands = fencesOf(page, 'sh').flatMap((code) => code.match(/^npx (?:esbuild|rolldown) .+$/gm) ?? []);
    const [toModule = '', toCommon = '', toFolder = ''] = commands;

    beforeAll(async () => {
      const [inFunction = ''] = fencesOf(page, 'ts');
      await project.write('hello.ts', onAsterisk(helloOfReadme()));
      await project.write('main.ts', onAsterisk(inFunction));
    });

    const onAsterisk = (code: string): string => {
      const { url, username, password } = asterisk;
      const here = [url, username, password].map((word) => `'${word}'`).join(', ');
      return code.replace("'http://localhost:8088/', 'hey', 'peekaboo'", here);
    };

    it.each([
      [toModule, 'hello.mjs', 'hello.mjs'],
      [toCommon, 'main.cjs', 'main.cjs'],
      [toFolder, 'out', 'out/hello.js'],
    ])('%s: what comes of it greets a caller', async (command, made, file) => {
      await project.shell(command);
      await cp(project.path(made), empty.path(made), { recursive: true });
      const program = spawn(process.execPath, [file], { cwd: empty.folder, stdio: 'inherit' });
      const ended = once(program, 'exit');
      await expect.poll(registered).toEqual(['hello']);
      const caller = asterisk.call({ to: 'stasis-hello' });
      await caller.hears('sound:hello-world');
      caller.hangup();
      program.kill();
      expect(await ended).toEqual([null, 'SIGTERM']);
      await expect.poll(registered).toEqual([]);
    });

    const registered = async (): Promise<string[]> => (await admin.applications.list()).map(({ name }) => name);

    it('a program that awaits at its top level is refused in CommonJS, in the words of the page', async () => {
      const asCommon = toModule.replace('--format=esm', '--format=cjs');
      const { stderr } = await project.shell(asCommon).catch((error: Output) => error);
      const [, words = ''] = /^then says `(.*?)`/m.exec(readFileSync(page, 'utf8')) ?? [];
      expect(words).not.toBe('');
      expect(stderr).toContain(words);
    });
  });
});
