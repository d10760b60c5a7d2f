import { expect, it } from 'vitest';
import { runWithout } from '../support/without-module.js';

const run = (code: string): ReturnType<typeof runWithout> => runWithout('zod', code);

const client = `
  const client = new AriClient({ url: 'http://localhost:1/', username: 'me', password: 'secret', validation });
  client.on('*', ({ type }) => console.log(type));
  await client.prepare();
  client.dispatch({ type: 'ApplicationReplaced', application: 'a', timestamp: '', asterisk_id: '' });`;

it.each(['asterisk-ari', 'asterisk-ari/runtime', 'asterisk-ari/v20', 'asterisk-ari/v22', 'asterisk-ari/v23'])(
  'importing %s does not load zod',
  (entry) => {
    const { status, output } = run(`import * as all from '${entry}'; console.log(Object.keys(all).length > 5);`);
    expect(output).toBe('true\n');
    expect(status).toBe(0);
  },
);

it.each(['none', 'envelope'])('a client with validation %s does not load it either', (validation) => {
  const { output } = run(`import { AriClient } from 'asterisk-ari'; const validation = '${validation}'; ${client}`);
  expect(output).toBe('ApplicationReplaced\n');
});

it('full validation loads it, and so do the schemas', () => {
  const full = run(`import { AriClient } from 'asterisk-ari'; const validation = 'full'; ${client}`);
  expect(full.output).toMatch(/zod is asked for by .*\bvalidation\b.*\.js/);
  expect(full.status).toBe(1);
  expect(run("import 'asterisk-ari/v22/schemas';").output).toMatch(/zod is asked for by/);
});
