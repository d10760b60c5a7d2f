import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { restartAsterisk, startAsterisk, stopAsterisk, type Release, type RunningAsterisk } from '../asterisk/index.js';

/** Of its own, so that nobody else's calls are in the corpus. */
const name = 'corpus';
const log = (): void => undefined;

/** An Asterisk of the testbed with what the scenes need besides: a dialplan, and a contact that comes and goes. */
export async function startForCorpus(release: Release): Promise<RunningAsterisk & { readonly sipPort: string }> {
  await stopAsterisk(release, { name, log }).catch(() => undefined);
  const { log: logFile } = await startAsterisk(release, { name, log, port: release === '22' ? 28088 : 28016 });
  if (logFile === undefined) {
    throw new Error('the corpus is recorded on an Asterisk of the testbed: unset ARI_URL');
  }
  const folder = join(dirname(dirname(logFile)), 'etc');
  const sipPort = await configure(folder);
  return { ...(await restartAsterisk(release, { name, log })), sipPort };
}

export async function stopForCorpus(release: Release): Promise<void> {
  await stopAsterisk(release, { name, log });
}

async function configure(folder: string): Promise<string> {
  const pjsip = await readFile(join(folder, 'pjsip.conf'), 'utf8');
  const sipPort = /bind = 127\.0\.0\.1:(\d+)/.exec(pjsip)?.[1];
  const aor = /^\[loop\]\ntype = aor\n/m;
  if (sipPort === undefined || !aor.test(pjsip)) {
    throw new Error('pjsip.conf of the testbed is not as expected');
  }
  // Room for contacts besides the fixed one, which registers with us.
  await writeFile(
    join(folder, 'pjsip.conf'),
    pjsip.replace(aor, (text) => `${text}max_contacts = 5\n`),
  );
  const dialplan = await readFile(fileURLToPath(new URL('dialplan.conf', import.meta.url)), 'utf8');
  await appendFile(join(folder, 'extensions.conf'), dialplan.replaceAll('{{sipPort}}', sipPort));
  await writeFile(join(folder, 'websocket_client.conf'), '');
  return sipPort;
}
