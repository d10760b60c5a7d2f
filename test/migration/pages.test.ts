import { readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { compileRows } from './support/compile.js';
import { rowsOf } from './support/rows.js';
import { tryRow } from './support/world.js';

describe.each(['docs/from-ari-py.md', 'docs/from-ari-client.md'])('%s', (page) => {
  const rows = rowsOf(readFileSync(page, 'utf8'));
  const compiled = compileRows(rows);

  afterAll(() => rmSync(compiled.folder, { recursive: true }));

  it('has code in every row, which compiles', () => {
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ code }) => code === '')).toEqual([]);
    expect(compiled.complaints).toBe('');
  });

  it.each(rows)('runs what line $line says: $code', async ({ line }) => {
    const row = (await compiled.load()).get(line);
    await tryRow(row!);
  });
});

it('a row that is wrong is found', async () => {
  const page = (code: string) => `| there | \`asterisk-ari\` |\n| --- | --- |\n| x | \`${code}\` |\n`;
  const wrong = compileRows(rowsOf(page("channel.on('ChannelDtmfRecieved', () => undefined)")));
  const failing = compileRows(rowsOf(page("channel.on('ChannelDtmfReceived', () => { throw new Error('heard'); })")));
  expect(wrong.complaints).toContain('ChannelDtmfRecieved');
  await expect(tryRow((await failing.load()).get(3)!)).rejects.toThrow('heard');
  for (const { folder } of [wrong, failing]) rmSync(folder, { recursive: true });
});
