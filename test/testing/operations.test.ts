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
    [{ version: 'newest' }, /option 'version' must be a branch or a release, such as 22 or 22\.10\.1, not newest/],
    [{ clock: 'fast' }, /option 'clock' must be virtual or real, not fast/],
    [{ speed: 0 }, /option 'speed' must be more than 0, not 0/],
    [{ sessionLimit: Number.NaN }, /option 'sessionLimit' must be at least 1, not NaN/],
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
