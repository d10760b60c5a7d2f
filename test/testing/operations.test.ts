import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentFolder, loadDocuments } from '../../src/testing/docs/load.js';
import { packageRoot } from '../../src/testing/docs/package-root.js';
import { findHandler } from '../../src/testing/operations/index.js';
import { buildRoutes, routesOf } from '../../src/testing/routing/tree.js';
import { startAsterisk, type TestAsteriskOptions } from '../../src/testing/index.js';

const branches = readdirSync(join(packageRoot(), 'api-docs')).filter((name) => /^v\d+$/.test(name));

describe('every operation of the documents', () => {
  it.each(branches)('of %s has somebody to carry it out', (branch) => {
    const routes = [...routesOf(buildRoutes(loadDocuments(documentFolder(branch.slice(1)))))];
    expect(routes.length).toBeGreaterThan(90);
    const missing = routes
      .filter(({ name, operation }) => operation.upgrade === undefined && findHandler(name) === undefined)
      .map(({ name }) => name);
    expect(missing).toEqual([]);
  });

  it('of the newest branch is reached by its path', () => {
    expect([...routesOf(buildRoutes(loadDocuments(documentFolder('22.10.1'))))]).toHaveLength(109);
  });
});

describe('a release', () => {
  it('without documents is refused, with those that there are', async () => {
    await expect(startAsterisk({ version: '99.1.0' })).rejects.toThrow(/No API documents for Asterisk 99\.1\.0.*v22/);
  });

  it('may be named by its branch alone', async () => {
    await using asterisk = await startAsterisk({ version: '20' });
    expect(asterisk.release).toBe('20.20.1');
  });

  it.each([
    [{ versoin: '20' }, /option 'versoin' does not exist; allowed are version, entityId, users, dialplan/],
    [
      { version: 'newest' },
      /option 'version' must be a branch or a release in quotes, such as '22' or '22\.10\.1', not "newest"/,
    ],
    [{ version: 20 }, /option 'version' must be a branch or a release in quotes, such as '22' or '22\.10\.1', not 20/],
    [{ speed: 5 }, /option 'speed' is for a clock: 'real' alone/],
    [{ clock: 'real', quietMs: 5 }, /option 'quietMs' is for a clock: 'virtual' alone/],
    [{ users: { ari: 'secret' } }, /option 'users.ari' must be an object with password, readOnly, not "secret"/],
    [{ users: { ari: { pasword: '' } } }, /option 'users.ari.password' is missing/],
    [{ dialplan: { default: ['Answer'] } }, /option 'dialplan.default' must be extensions by name, not a list/],
    [
      { dialplan: { default: { hello: ['Answer', '(5)'] } } },
      /option 'dialplan.default.hello.1' must be a dialplan step/,
    ],
    [{ endpoints: ['PJSIP/alice'] }, /option 'endpoints.0' must be an object with technology, resource, state/],
    [{ sounds: { hi: '5' } }, /option 'sounds.hi' must be its length in milliseconds, or an object with durationMs/],
    [{ recordings: { hi: 'hi.wav' } }, /option 'recordings.hi' must be bytes, as a Buffer or Uint8Array, not "hi.wav"/],
    [{ port: 65_536 }, /option 'port' must be a whole number from 0 to 65535, not 65536/],
    [{ outbound: [{ uri: 'http://127.0.0.1', apps: ['a'] }] }, /option 'outbound.0.uri' must be a ws: or wss: URL/],
    [5, /options must be an object with version, .*, not 5/],
    [{ clock: 'fast' }, /option 'clock' must be virtual or real, not "fast"/],
    [{ speed: 0 }, /option 'speed' must be a number, more than 0, not 0/],
    [{ sessionLimit: Number.NaN }, /option 'sessionLimit' must be a whole number, at least 1, not NaN/],
  ])('and what else is asked for: %j is refused', async (options, message) => {
    await expect(startAsterisk(options as TestAsteriskOptions)).rejects.toThrow(message);
  });

  it('shows as the version of the system', async () => {
    await using asterisk = await startAsterisk({ version: '20.20.1' });
    const headers = { Authorization: `Basic ${btoa(`${asterisk.username}:${asterisk.password}`)}` };
    const response = await fetch(`${asterisk.url}/ari/asterisk/info?only=system`, { headers });
    expect(await response.json()).toEqual({ system: { version: '20.20.1', entity_id: expect.any(String) } });
    expect(response.headers.get('server')).toBe('Asterisk/20.20.1');
  });

  it('has no operation that came later', async () => {
    await using asterisk = await startAsterisk({ version: '16.30.1' });
    const headers = { Authorization: `Basic ${btoa(`${asterisk.username}:${asterisk.password}`)}` };
    const response = await fetch(`${asterisk.url}/ari/channels/x/progress`, { method: 'POST', headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'Resource not found' });
  });
});
