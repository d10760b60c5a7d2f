import { logFile } from './boot.js';
import { USERS } from './credentials.js';
import { engineOf } from './engines.js';
import { instanceUrl, type Instance } from './instance.js';
import type { RunningAsterisk } from './running.js';
import { stopAsterisk } from './stop.js';

/** What a caller gets to know about an instance that answers with `version`. */
export async function describe(instance: Instance, version: string, reused: boolean): Promise<RunningAsterisk> {
  const pid = await engineOf(instance).pid(instance);
  return {
    url: instanceUrl(instance),
    ...USERS.full,
    readOnly: USERS.readOnly,
    version,
    log: logFile(instance),
    ...(pid !== undefined && { pid }),
    reused,
    stop: () => stopAsterisk(instance.release, { name: instance.name }),
  };
}
