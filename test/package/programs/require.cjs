// Every entry point that is named, by require(): the same modules as by import.
const assert = require('node:assert/strict');

async function compare() {
  const entries = process.argv.slice(2);
  assert.notEqual(entries.length, 0);
  for (const entry of entries) {
    const required = require(entry);
    if (entry.endsWith('.json')) continue;
    assert.notEqual(Object.keys(required).length, 0, entry);
    assert.equal(required, await import(entry), entry);
  }
}

compare().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
