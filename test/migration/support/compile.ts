import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as sdk from 'asterisk-ari';
import type { Row } from './rows.js';
import type { World } from './world.js';

/** Rows as a module in a folder of their own, where nothing is known but the package. */
export interface Compiled {
  readonly folder: string;
  /** What the compiler says; nothing if all is well. */
  readonly complaints: string;
  /** Each row by its line. */
  load(): Promise<ReadonlyMap<number, (world: World) => Promise<void>>>;
}

/** What of a world a row can name. */
const names = ['asterisk', 'url', 'username', 'password', 'client', 'channel', 'event', 'signal', 'handler'] as const;

export function compileRows(rows: readonly Row[]): Compiled {
  const folder = mkdtempSync(join(tmpdir(), 'migration-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/asterisk-ari'), 'junction');
  symlinkSync(resolve('node_modules/@types'), join(folder, 'node_modules/@types'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const off = { noUnusedLocals: false, noUnusedParameters: false, noImplicitReturns: false, noEmit: false };
  const compilerOptions = { ...off, rootDir: '.', outDir: '.', verbatimModuleSyntax: false };
  const project = { extends: resolve('tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  writeFileSync(join(folder, 'rows.ts'), moduleOf(rows));
  const tsc = [resolve('node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, tsc, { encoding: 'utf8' });
  return {
    folder,
    complaints: stdout.trim(),
    async load() {
      const module = (await import(pathToFileURL(join(folder, 'rows.js')).href)) as {
        rows: [number, (world: World) => Promise<void>][];
      };
      return new Map(module.rows);
    },
  };
}

const typed = ['AriClient', 'Channel', 'StasisStart'];

function moduleOf(rows: readonly Row[]): string {
  const used = Object.keys(sdk).filter(
    (name) => !typed.includes(name) && rows.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code)),
  );
  const functions = rows.map(
    ({ line, code }) => `[${line}, async ({ ${names.join(', ')} }: World) => { // row of line ${line}\n${code}\n}]`,
  );
  return `
import { callbackify } from 'node:util';
import { ${[...used, 'type AriClient', 'type Channel', 'type StasisStart'].join(', ')} } from 'asterisk-ari';
import type { TestAsterisk } from 'asterisk-ari/testing';
interface World {
  asterisk: TestAsterisk; url: string; username: string; password: string;
  client: AriClient; channel: Channel; event: StasisStart; signal: AbortSignal; handler: (...args: unknown[]) => void;
}
export const rows: [number, (world: World) => Promise<void>][] = [
${functions.join(',\n')}
];
`;
}
