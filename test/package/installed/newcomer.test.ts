import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packInto } from '../support/pack.js';
import { fencesOf, helloOfReadme } from '../support/pages.js';
import { Project } from '../support/project.js';

/** What somebody does who begins in an empty folder, line by line as the pages say it; the package is an archive. */
describe('a newcomer', () => {
  let project: Project;
  let archive: string;

  beforeAll(async () => {
    project = await Project.make();
    archive = await packInto(project.folder, '.');
  }, 60_000);

  afterAll(() => project.remove());

  /** An empty folder, in which the first commands of a page are carried out. */
  async function begun(page: string): Promise<Project> {
    const folder = page.replaceAll(/\W/g, '-');
    await mkdir(project.path(folder));
    const place = project.in(folder);
    const [commands = ''] = fencesOf(page, 'sh');
    await place.shell(`set -e\n${commands.replace('npm install asterisk-ari', `npm install '${archive}'`)}`);
    const made = /^mkdir (\w+)/m.exec(commands)?.[1];
    const begun = made === undefined ? place : place.in(made);
    await begun.write('tsconfig.json', fencesOf(page, 'json')[0] ?? '');
    return begun;
  }

  it('has a caller greeted without an Asterisk, by Getting started', async () => {
    const page = 'docs/getting-started.md';
    const place = await begun(page);
    await place.write('hello.ts', fencesOf(page, 'ts')[0] ?? '');
    expect(await place.shell('npx tsx hello.ts')).toEqual({ stdout: 'Ann has heard it\n', stderr: '' });
    expect(await place.shell('npx tsc --noEmit')).toEqual({ stdout: '', stderr: '' });
  }, 240_000);

  it('has a caller greeted by the README', async () => {
    await using asterisk = await startAsterisk({ users: { hey: { password: 'peekaboo' } } });
    await using admin = await connect(asterisk.url, 'hey', 'peekaboo');
    const place = await begun('README.md');
    await place.write('hello.ts', helloOfReadme().replace('http://localhost:8088/', asterisk.url));
    expect(await place.shell('npx tsc --noEmit')).toEqual({ stdout: '', stderr: '' });
    const program = spawn('npx', ['tsx', 'hello.ts'], { cwd: place.folder, stdio: 'inherit', detached: true });
    const ended = once(program, 'exit');
    await expect.poll(async () => (await admin.applications.list()).length).toBe(1);
    const caller = asterisk.call({ to: 'stasis-hello' });
    await caller.hears('sound:hello-world', { timeoutMs: 20_000 });
    caller.press('7');
    await caller.hears('sound:digits/7', { timeoutMs: 20_000 });
    caller.hangup();
    process.kill(-(program.pid ?? 0), 'SIGTERM');
    await ended;
  }, 240_000);
});
