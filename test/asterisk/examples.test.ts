import { describe, it } from 'vitest';
import { names, runExample } from '../examples/all.js';
import { realAsterisk } from './real.js';

describe('on Asterisk 22, the demonstration of', () => {
  const asterisk = realAsterisk('22');

  it.each(names)('%s', async (name) => {
    const { url, username, password } = asterisk();
    await runExample(name, { url, username, password });
  });
});
