// ari-codegen: the generator as a library.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundledBranches, check, CodegenError, diff, generate, readApi } from 'ari-codegen';

assert.deepEqual(
  bundledBranches().map(({ major }) => major),
  [16, 18, 20, 21, 22, 23],
);

const source = { kind: 'bundled', version: '23' };
const out = 'from-code';
const { release, counts } = await generate({ source, out });
assert.equal(release.split('.')[0], '23');
assert.ok(counts.operations > 90);
assert.match(readFileSync(`${out}/index.ts`, 'utf8'), /asterisk-ari\/runtime/);
const { stale, missing, extra } = await check({ source, out });
assert.deepEqual([stale, missing, extra], [[], [], []]);
await assert.rejects(generate({ source: { kind: 'bundled', version: '1' }, out }), CodegenError);

const { model } = await readApi(source);
assert.equal(model.release, release);
const { differences } = await diff({ kind: 'bundled', version: '20' }, source);
assert.ok(
  differences.some(({ kind, change, name }) => `${change} ${kind} ${name}` === 'added event ChannelToneDetected'),
);
