import { describe, expect, test } from 'vitest';
import { CodegenError } from '../../../codegen/errors.js';
import { loadServer } from '../../../codegen/load/server.js';
import { serverAddress } from '../../../codegen/load/server-address.js';
import type { Progress } from '../../../codegen/load/types.js';
import { sources, tinyDocuments } from '../support/documents.js';
import { fakeServer, PASSWORD, reply, USERNAME, type Answer } from '../support/fake-server.js';

const credentials = { username: USERNAME, password: PASSWORD };

describe('documents of a running server', () => {
  test('are those it names, with the release that it is', async () => {
    const { url, requests } = await fakeServer();
    const loaded = await loadServer({ kind: 'server', url, ...credentials });
    expect(loaded).toEqual({ origin: url, release: '22.10.1', files: sources(tinyDocuments()).files });
    expect(requests).toEqual([
      '/ari/api-docs/resources.json',
      '/ari/asterisk/info?only=system',
      '/ari/api-docs/channels.json',
      '/ari/api-docs/events.json',
    ]);
  });

  test.each(['/asterisk', '/a/b'])(
    'are found under the prefix %s, with or without /ari and a slash',
    async (prefix) => {
      const { url, requests } = await fakeServer({ prefix });
      for (const end of ['', '/', '/ari', '/ari/']) {
        await loadServer({ kind: 'server', url: `${url}${end}`, ...credentials });
      }
      expect(requests).toHaveLength(16);
    },
  );

  test.each([
    ['22.10.1~dfsg+~cs6.15.60671435-1', undefined, '22.10.1'],
    ['GIT-master-1a2b3c4', undefined, '22'],
    ['GIT-master-1a2b3c4', '22.11.0', '22.11.0'],
  ])('a server of version %s, called %s, is of release %s', async (version, release, want) => {
    const { url } = await fakeServer({ version });
    expect((await loadServer({ kind: 'server', url, release, ...credentials })).release).toBe(want);
  });

  test('without a version the documents tell the branch', async () => {
    const { url } = await fakeServer({ answers: { 'asterisk/info?only=system': (r) => reply(r, 200, '[]') } });
    expect((await loadServer({ kind: 'server', url, ...credentials })).release).toBe('22');
  });

  test('come with a word about each one', async () => {
    const { url } = await fakeServer();
    const steps: Parameters<Progress>[0][] = [];
    await loadServer({ kind: 'server', url, ...credentials }, (step) => steps.push(step));
    expect(steps.map(({ file, done, total }) => `${done}/${total} ${file}`)).toEqual([
      '0/undefined resources.json',
      '1/4 asterisk/info',
      '2/4 channels.json',
      '3/4 events.json',
      '4/4 ',
    ]);
  });

  test('credentials may be in the URL, and are never shown', async () => {
    const { url } = await fakeServer();
    const withCredentials = url.replace('://', `://${USERNAME}:${encodeURIComponent(PASSWORD)}@`);
    const loaded = await loadServer({ kind: 'server', url: withCredentials });
    expect(loaded.origin).toBe(url);
  });
});

const hang: Answer = () => {};
const half: Answer = (response) => void response.writeHead(200, { 'content-length': '100' }).write('{');

describe('a server that refuses or fails', () => {
  test.each<[string, string, Answer, string]>([
    [
      '403',
      'api-docs/resources.json',
      (r) => reply(r, 403, '{}'),
      "/ari/api-docs/resources.json is forbidden to 'ari' (403)",
    ],
    [
      '404',
      'api-docs/channels.json',
      (r) => reply(r, 404, '{}'),
      '/ari/api-docs/channels.json is not there (404): ARI is not',
    ],
    [
      '503',
      'asterisk/info?only=system',
      (r) => reply(r, 503, ''),
      '/ari/asterisk/info?only=system answered with status 503',
    ],
    [
      'an HTML page',
      'api-docs/resources.json',
      (r) => reply(r, 200, ' <!DOCTYPE html>'),
      ' answered with an HTML page, not JSON: ',
    ],
    ['nothing', 'api-docs/events.json', hang, '/ari/api-docs/events.json did not answer within 0.2 s'],
    ['half an answer', 'api-docs/events.json', half, '/ari/api-docs/events.json did not answer within 0.2 s'],
    [
      'a closed connection',
      'api-docs/events.json',
      (r) => r.socket?.destroy(),
      '/ari/api-docs/events.json is unreachable: ',
    ],
    [
      'malformed JSON',
      'api-docs/resources.json',
      (r) => reply(r, 200, '{"apis": ['),
      'resources.json:1:11: malformed JSON',
    ],
  ])('with %s', async (_what, path, answer, message) => {
    const { url } = await fakeServer({ answers: { [path]: answer } });
    const result = loadServer({ kind: 'server', url, ...credentials, timeoutMs: 200 });
    const error = await result.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CodegenError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain(PASSWORD);
  });

  test('a wrong password is told, not shown', async () => {
    const { url } = await fakeServer();
    const result = loadServer({ kind: 'server', url, username: USERNAME, password: 'secret-guess' });
    const error = await result.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const message = `${url}/ari/api-docs/resources.json refused the username 'ari' or its password (401)`;
    expect(error).toMatchObject({ message });
    expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain('secret-guess');
  });

  test('nobody there', async () => {
    await expect(loadServer({ kind: 'server', url: 'http://127.0.0.1:1', ...credentials })).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1\/ari\/api-docs\/resources\.json is unreachable: \S/,
    );
  });

  test.each([
    [{}, 'http://pbx:8088: no username and no password was given'],
    [{ username: 'ari' }, 'http://pbx:8088: no password was given'],
    [{ username: 'ari', password: '' }, 'http://pbx:8088: no password was given'],
  ])('without credentials it is not asked: %j', (given, message) => {
    expect(() => serverAddress({ kind: 'server', url: 'http://pbx:8088/', ...given })).toThrow(message);
  });

  test.each(['http://pbx:8088/?api_key=me:secret', 'http://pbx/#secret'])('%s has more than a path', (url) => {
    const error = faultOf(() => serverAddress({ kind: 'server', url, ...credentials }));
    expect(error.message).toMatch(/^the URL of the server has a query or a fragment, which ARI has no use for/);
    expect(error.message).not.toContain('secret');
  });

  test.each(['pbx:8088', 'ws://pbx', 'ftp://ari:secret@pbx', 'http://ari:secret@', ''])(
    '%j is no URL of a server',
    (url) => {
      const error = faultOf(() => serverAddress({ kind: 'server', url, ...credentials }));
      expect(error.message).toMatch(/^the URL of the server is not one/);
      expect(error.message).not.toContain('secret');
    },
  );
});

test('credentials in a URL that are wrongly encoded are not shown either', () => {
  const error = faultOf(() => serverAddress({ kind: 'server', url: 'http://ari:secret%zz@pbx' }));
  expect(error.message).toMatch(/^the URL of the server is not one/);
});

function faultOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was refused');
}
