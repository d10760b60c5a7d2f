// A user's failing tests, of any runner: jest, vitest, node:test.
import assert from 'node:assert/strict';
import { startAsterisk } from 'asterisk-ari/testing';
import { withLadder } from 'asterisk-ari/trace';

const runner = process.argv.some((argument) => argument.includes('vitest')) ? 'vitest' : 'node:test';
const test = globalThis.test ?? (await import(runner)).test;

async function fails(fail) {
  const asterisk = await startAsterisk();
  try {
    await withLadder(asterisk, async () => {
      await fetch(`${asterisk.url}/ari/asterisk/ping?api_key=${asterisk.username}:${asterisk.password}`);
      fail();
    });
  } finally {
    await asterisk.close();
  }
}

test('fails by an assertion', () => fails(() => assert.equal(1, 2)));
test('fails by an error', () => fails(() => assert.fail('as told')));
test('throws what is frozen', () =>
  fails(() => {
    throw Object.freeze(new Error('frozen'));
  }));
test('throws a text', () =>
  fails(() => {
    throw 'a text';
  }));
