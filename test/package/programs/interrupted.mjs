// A project that `ari-codegen init` made, compiled: its application takes a call on an Asterisk and ends when interrupted.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const project = join(process.cwd(), process.argv[2]);
const testing = createRequire(join(project, 'package.json')).resolve('asterisk-ari/testing');
const { startAsterisk } = await import(pathToFileURL(testing));

const asterisk = await startAsterisk();
const application = spawn(process.execPath, ['dist/src/main.js'], {
  cwd: project,
  env: { ...process.env, ARI_URL: asterisk.url, ARI_USERNAME: asterisk.username, ARI_PASSWORD: asterisk.password },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [said] = await once(application.stdout.setEncoding('utf8'), 'data');
assert.match(said, /^hello runs on Asterisk 22\./);

const caller = asterisk.call({ to: 'stasis-hello' });
await caller.hears('sound:hello-world');
caller.press('#');
await caller.ended();

application.kill('SIGINT');
assert.deepEqual(await once(application, 'exit'), [0, null]);
await asterisk.close();
