import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'asterisk-ari';
import { startAsterisk } from 'asterisk-ari/testing';
import { expect, it } from 'vitest';

it.each(['docs/from-ari-py.md', 'docs/from-ari-client.md'])('the program of %s greets its caller', async (page) => {
  await using asterisk = await startAsterisk({ users: { hey: { password: 'peekaboo' } } });
  await using observer = await connect(asterisk.url, asterisk.username, asterisk.password);
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readFileSync(page, 'utf8')) ?? [];
  expect(code).toContain("'http://localhost:8088/'");
  const folder = mkdtempSync(join(tmpdir(), 'moving-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/asterisk-ari'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'main.ts'), code.replace('http://localhost:8088/', asterisk.url));
  const args = ['--import', import.meta.resolve('tsx'), 'main.ts'];
  const program = spawn(process.execPath, args, { cwd: folder, stdio: 'pipe' });
  const output = Promise.all([text(program.stdout), text(program.stderr)]);
  try {
    const running = async () => (await observer.applications.list()).map(({ name }) => name);
    await expect.poll(running, { timeout: 15_000 }).toEqual(['hello']);
    const caller = asterisk.call({ to: 'stasis-hello' });
    await caller.hears('sound:hello-world');
    caller.press('5');
    await caller.hears('sound:digits/5');
    const finished = () => asterisk.journal.eventsOf('PlaybackFinished').length;
    await expect.poll(finished).toBe(2);
    caller.hangup();
  } finally {
    program.kill();
    rmSync(folder, { recursive: true });
  }
  expect(await output).toEqual(['greeted\n', '']);
});
