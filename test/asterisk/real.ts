import { afterAll, beforeAll, beforeEach } from 'vitest';
import { restartAsterisk, startAsterisk, type Release, type RunningAsterisk } from '../../scripts/asterisk/index.js';
import type { Server } from '../conformance/world.js';
import { SipPhone } from '../support/sip-phone.js';

/**
 * A real Asterisk of a release for the tests of a file, from their beginning to their end; one that was running before
 * is left running. A test that failed is tried again on an Asterisk that was started anew: whatever the first attempt
 * did to it, neither the second nor the tests that follow are to suffer from it.
 */
export function realAsterisk(release: Release, name = 'tests'): () => RunningAsterisk {
  const choice = { name, log: () => undefined };
  let asterisk: RunningAsterisk;

  beforeAll(async () => {
    asterisk = await startAsterisk(release, choice);
  });

  beforeEach(async ({ task }) => {
    if ((task.result?.retryCount ?? 0) > 0 && !process.env['ARI_URL']) {
      await restartAsterisk(release, choice);
    }
  });

  afterAll(async () => {
    if (!asterisk.reused) {
      await asterisk.stop();
    }
  });

  return () => asterisk;
}

/** As scenarios know it. */
export function serverOf({ url, username, password, readOnly, version }: RunningAsterisk): Server {
  return {
    phone: async () => SipPhone.open(await sipAddressOf({ url, username, password })),
    url: `${url}/`,
    username,
    password,
    readOnly: readOnly ?? { username, password },
    major: Number.parseInt(version, 10),
  };
}

/** Where it listens for SIP: an endpoint of the test configuration is that very server. */
export async function sipAddressOf(server: Pick<RunningAsterisk, 'url' | 'username' | 'password'>): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${server.username}:${server.password}`).toString('base64')}`;
  const path = '/ari/asterisk/config/dynamic/res_pjsip/aor/loop';
  const answer = await fetch(new URL(server.url.replace(/\/$/, '') + path), { headers: { authorization } });
  const fields = (await answer.json()) as readonly { readonly attribute: string; readonly value: string }[];
  return fields.find(({ attribute }) => attribute === 'contact')?.value.split('@')[1] ?? '';
}
