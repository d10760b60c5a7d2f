import { join } from 'node:path';
import { project } from './folders.js';
import { run } from './run.js';
import type { Target } from './subjects/subject.js';

interface Running {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/**
 * A real Asterisk 22 that runs already: the one of `ARI_URL`, `ARI_USERNAME` and `ARI_PASSWORD`, or the one that
 * `npm run asterisk -- start 22` has started. Nothing is started here.
 */
export async function findAsterisk(): Promise<Target | undefined> {
  const { ARI_URL: url, ARI_USERNAME: username = 'ari', ARI_PASSWORD: password = '' } = process.env;
  if (url !== undefined) {
    return { url: new URL('/', url).href, username, password };
  }
  const cli = [join(project, 'node_modules/tsx/dist/cli.mjs'), join(project, 'scripts/asterisk/cli.ts')];
  try {
    const { output: status } = await run(process.execPath, [...cli, 'status']);
    if (!/^22 default .* running/m.test(status)) {
      return undefined;
    }
    const { output } = await run(process.execPath, [...cli, 'start', '22', '--json']);
    const running = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Running;
    return { url: `${running.url}/`, username: running.username, password: running.password };
  } catch {
    return undefined;
  }
}
