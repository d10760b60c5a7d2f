import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startAsterisk } from 'asterisk-ari/testing';
import type { Report } from './pages.js';
import type { Fence } from './read.js';

const start = promisify(execFile);

/** Words by which a command begins that is ours and can be run anywhere. */
const ours = 'npx ari-codegen ';

/** Runs every command of ari-codegen that the pages tell of, once, in the order of the pages and in one folder. */
export async function runCommands(folder: string, fences: readonly Fence[]): Promise<Report> {
  const shell = fences.filter(({ language, notRun }) => language === 'sh' && notRun === undefined);
  const lines = shell.flatMap(({ file, code }) => code.split('\n').map((line) => ({ file, line: bare(line) })));
  const commands = new Map(lines.filter(({ line }) => line.startsWith(ours)).map(({ file, line }) => [line, file]));
  const others = lines.filter(({ line }) => line !== '' && !line.startsWith(ours)).length;
  const cwd = join(folder, 'shell');
  mkdirSync(cwd);
  cpSync('api-docs/v22', join(cwd, 'asterisk/rest-api/api-docs'), { recursive: true });
  await using asterisk = await startAsterisk({ users: { hey: { password: 'peekaboo' } } });
  const env = { ...process.env, ARI_PASSWORD: 'peekaboo' };
  const failures: string[] = [];
  for (const [command, file] of commands) {
    const words = command.slice(ours.length).replaceAll('http://localhost:8088/', asterisk.url).split(/ +/);
    try {
      await start(process.execPath, [resolve('codegen/bin/ari-codegen.js'), ...words], { cwd, env });
    } catch (error) {
      failures.push(`${file}: ${command}: ${(error as Error).message}`);
    }
  }
  const summary = `${commands.size} commands of ari-codegen run; ${others} other lines of shell do not`;
  return { summary, failures };
}

/** A line without its prompt-side comment, and without the password before it. */
function bare(line: string): string {
  return line
    .replace(/(^|\s)#.*$/, '')
    .trim()
    .replace(/^ARI_PASSWORD=\S+ /, '');
}
