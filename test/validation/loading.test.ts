import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Refuses to load zod, and tells who asked for it. */
const hooks = `
  export async function resolve(specifier, context, next) {
    if (/^zod\\b/.test(specifier)) throw new Error('zod is asked for by ' + context.parentURL);
    return next(specifier, context);
  }`;
const register = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));`;

/** Runs a module in a process of its own, in which zod cannot be loaded. */
function run(code: string): { status: number | null; output: string } {
  const preload = `data:text/javascript,${encodeURIComponent(register)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, '--input-type=module', '--eval', code],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

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
