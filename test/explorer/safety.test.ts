import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startAsterisk, type TestAsterisk } from 'asterisk-ari/testing';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../faults/support/certificates.js';
import { Program, refusal } from './support/program.js';
import { Visitor } from './support/visitor.js';

const PASSWORD = 'a-password-to-look-for';
let asterisk: TestAsterisk;
let explorer: Program;
let address: string;
let page: Visitor;

beforeAll(async () => {
  asterisk = await startAsterisk({ users: { ari: { password: PASSWORD } } });
  explorer = Program.on({ ...asterisk, url: asterisk.url, username: 'ari', password: PASSWORD });
  address = await explorer.address();
  page = await Visitor.letIn(address);
});

afterAll(async () => {
  await explorer[Symbol.asyncDispose]();
  await asterisk.close();
});

const operation = (name: string, params: object = {}, more: object = {}): object => ({
  operation: name,
  params,
  ...more,
});

describe('the token', () => {
  it('is good once, and becomes a cookie that scripts and other sites do not get', async () => {
    const next = await explorer.address();
    const token = new URL(next).search;
    const visitor = new Visitor(next);
    const first = await visitor.ask(`/${token}`);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^ari-explorer-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect((await visitor.ask(`/${token}`)).status).toBe(401);
  });

  it('or the cookie is needed for everything', async () => {
    const stranger = new Visitor(address);
    for (const path of ['/', '/app.js', '/api/objects', '/api/operations', '/?token=', '/?token=x', '/nothing']) {
      expect([path, (await stranger.ask(path)).status]).toEqual([path, 401]);
    }
    expect((await stranger.post('/api/operation', operation('channels.list'))).status).toBe(401);
    expect(await stranger.live()).toBe(401);
    stranger.cookie = page.cookie?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await stranger.ask('/')).status).toBe(401);
  });
});

describe('what does not come from the page', () => {
  it('is refused by a name that leads here (DNS rebinding)', async () => {
    const { port } = page.base;
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '127.0.0.1:1']) {
      expect([host, (await page.ask('/api/objects', { headers: { host } })).status]).toEqual([host, 403]);
      expect(await page.live('', { host, origin: `http://${host}` })).toBe(403);
    }
    const { status } = await page.ask('/api/objects', { headers: { host: `localhost:${port}` } });
    expect(status).toBe(200);
  });

  it('is let in by a name that is allowed, and at the port of a tunnel where that is allowed', async () => {
    const allowed = 'pbx.test,localhost:9000,Tunnel.test:9001,default.test:80,[::1]:9002';
    await using program = Program.on(
      { url: asterisk.url, username: 'ari', password: PASSWORD },
      '--allow-host',
      allowed,
    );
    const visitor = await Visitor.letIn(await program.address());
    const { port } = visitor.base;
    const status = async (host: string) => (await visitor.ask('/', { headers: { host } })).status;
    for (const host of [
      `pbx.test:${port}`,
      'localhost:9000',
      `localhost:${port}`,
      'tunnel.test:9001',
      'default.test',
      'default.test:80',
      '[::1]:9002',
    ]) {
      expect([host, await status(host)]).toEqual([host, 200]);
    }
    for (const host of ['pbx.test', 'pbx.test:9000', 'localhost:9001', 'localhost', `tunnel.test:${port}`, '[::1]']) {
      expect([host, await status(host)]).toEqual([host, 403]);
    }
    const there = { host: 'localhost:9000', origin: 'http://localhost:9000' };
    expect((await visitor.post('/api/operation', operation('channels.list'), there)).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost.evil.example'])(
    'is refused across sites: %s',
    async (origin) => {
      expect((await page.post('/api/operation', operation('channels.list'), { origin })).status).toBe(403);
      expect((await page.ask('/api/objects', { headers: { origin } })).status).toBe(403);
      expect(await page.live('', { origin })).toBe(403);
    },
  );

  it('is refused without an origin where it may change something, and on the WebSocket', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(operation('channels.list'));
    expect((await page.ask('/api/operation', { method: 'POST', headers, body })).status).toBe(403);
    const socket = new WebSocket(`${page.origin.replace('http', 'ws')}/live`, {
      headers: { cookie: page.cookie ?? '' },
    });
    const refused = new Promise((resolve) => {
      socket.on('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode);
      });
    });
    socket.on('error', () => undefined);
    expect(await refused).toBe(403);
  });

  it('is refused as part of another page, and served to a link from one', async () => {
    const from = (mode: string, dest: string) => ({
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
    });
    expect((await page.ask('/app.js', from('no-cors', 'script'))).status).toBe(403);
    expect((await page.ask('/', from('navigate', 'iframe'))).status).toBe(403);
    expect((await page.ask('/', from('navigate', 'document'))).status).toBe(200);
  });
});

describe('every answer', () => {
  it.each(['/', '/app.js', '/app.css', '/api/operations', '/api/objects', '/nothing'])(
    'lets nothing foreign into the page: %s',
    async (path) => {
      for (const visitor of [page, new Visitor(address)]) {
        const { headers } = await visitor.ask(path);
        const policy = headers['content-security-policy'];
        expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
        expect(policy).toMatch(/frame-ancestors 'none'/);
        expect(policy).toMatch(/require-trusted-types-for 'script'/);
        expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
        expect(headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cross-origin-resource-policy': 'same-origin',
          'cross-origin-opener-policy': 'same-origin',
          'cache-control': 'no-store',
        });
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );

  it('has no script and no style of its own in the page', async () => {
    const { body } = await page.ask('/');
    expect(body).not.toMatch(/<script(?![^>]*\bsrc="\/app\.js")|<style|\son\w+=|style=|https?:/);
  });

  it('is never about a credential', async () => {
    const paths = ['/', '/app.js', '/api/operations', '/api/objects'];
    const answers = await Promise.all(paths.map((path) => page.ask(path)));
    const failing = await Promise.all([
      page.post('/api/operation', operation('channels.get', { channelId: 'nobody' })),
      page.post('/api/operation', operation('channels.get', { channelId: '' })),
      page.post('/api/operation', operation('asterisk.getInfo')),
      page.post('/api/save', { format: 'jsonl', selection: {} }),
    ]);
    const said = [...answers, ...failing].map(({ body }) => body).join('\n') + explorer.stdout.join('\n');
    const basic = Buffer.from(`ari:${PASSWORD}`).toString('base64');
    for (const secret of [PASSWORD, basic]) expect(said).not.toContain(secret);
    expect(failing[0]?.body).toContain('NotFoundError');
    expect(failing[1]?.body).toContain('AriValidationError');
  });
});

describe('a request', () => {
  it('of more than 64 KiB is refused, and so is what is no JSON', async () => {
    const large = JSON.stringify(operation('channels.list', { filler: 'x'.repeat(70_000) }));
    expect((await page.post('/api/operation', large)).status).toBe(413);
    expect((await page.post('/api/operation', '{')).status).toBe(400);
    expect((await page.post('/api/operation', '[]')).status).toBe(400);
    expect((await page.post('/api/operation', '{}')).status).toBe(400);
    expect((await page.post('/api/operation', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await page.post('/api/save', { format: 'exe', selection: {} })).status).toBe(400);
    expect((await page.post('/api/save', { format: 'html', selection: { objects: [1] } })).status).toBe(400);
    expect((await page.ask('/', { headers: { 'x-large': 'x'.repeat(20_000) } })).status).toBe(431);
  });

  it('for a file that is not the page leads nowhere', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/index.html/..%2f..', '/operations/v22.json']) {
      expect([path, (await page.ask(path)).status]).toEqual([path, 404]);
    }
  });

  it.each(['GET', 'UPGRADE'])('for what is no path is refused, and harms nobody: %s', async (kind) => {
    const { host, hostname, port } = page.base;
    const socket = connect(Number(port), hostname);
    const upgrade = kind === 'UPGRADE' ? `Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${page.origin}\r\n` : '';
    socket.end(`GET http://[ HTTP/1.1\r\nHost: ${host}\r\nCookie: ${page.cookie}\r\n${upgrade}\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 40[04] /);
    expect((await page.ask('/')).status).toBe(200);
  });

  it('of a WebSocket that makes no sense ends it', async () => {
    const socket = await page.live();
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.send('nonsense');
    expect(await closed).toBe(1008);
  });
});

describe('operations', () => {
  it('that are dangerous must be confirmed, whatever the page thinks', async () => {
    const before = asterisk.journal.requests.length;
    for (const name of ['channels.originate', 'channels.hangup', 'asterisk.setGlobalVar', 'asterisk.addLog']) {
      expect([name, (await page.post('/api/operation', operation(name))).status]).toEqual([name, 409]);
    }
    const overwriting = operation('channels.record', {
      channelId: '1',
      name: 'a',
      format: 'wav',
      ifExists: 'overwrite',
    });
    expect((await page.post('/api/operation', overwriting)).status).toBe(409);
    expect(asterisk.journal.requests.length).toBe(before);
  });

  it('that do not exist, or would open another event connection, are refused', async () => {
    for (const name of [
      'events.eventWebsocket',
      'channels.constructor',
      'channels.on',
      '__proto__.toString',
      'close',
    ]) {
      expect([name, (await page.post('/api/operation', operation(name, {}, { confirmed: true }))).status]).toEqual([
        name,
        404,
      ]);
    }
  });

  it('of a read-only explorer are GET, whatever the page sends', async () => {
    await using reader = Program.on({ url: asterisk.url, username: 'ari', password: PASSWORD }, '--read-only');
    const visitor = await Visitor.letIn(await reader.address());
    const post = (name: string, params: object) =>
      visitor.post('/api/operation', operation(name, params, { confirmed: true }));
    const before = asterisk.journal.requests.length;
    const refused = await Promise.all([
      post('channels.originate', { endpoint: 'PJSIP/alice', app: 'a' }),
      post('bridges.create', {}),
      post('channels.hangup', { channelId: '1' }),
      post('asterisk.setGlobalVar', { variable: 'A', value: '1' }),
      post('asterisk.getGlobalVar', { variable: 'SHELL(id)' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(refused[0]?.body).toContain('--read-only');
    const sent = asterisk.journal.requests.slice(before);
    expect(sent.filter(({ method, path }) => method !== 'GET' || path.includes('variable'))).toEqual([]);
    expect((await post('channels.list', {})).body).toContain('"ok":true');
  });
});

describe('where others can listen', () => {
  it('the page is served by TLS, with a cookie that is sent by nothing else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'explorer-tls-'));
    const { server } = makeAuthority();
    writeFileSync(join(folder, 'key.pem'), server.key);
    writeFileSync(join(folder, 'cert.pem'), server.cert);
    const tls = ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')];
    await using program = Program.on(
      { url: asterisk.url, username: 'ari', password: PASSWORD },
      '--host',
      '0.0.0.0',
      '--allow-host',
      'pbx.test',
      ...tls,
    );
    const visitor = new Visitor(await program.address());
    expect(visitor.base.protocol).toBe('https:');
    const { headers } = await visitor.ask(`/${visitor.base.search}`);
    expect(headers['set-cookie']?.[0]).toMatch(/; Secure$/);
    visitor.cookie = headers['set-cookie']?.[0]?.split(';')[0];
    const { port } = visitor.base;
    expect((await visitor.ask('/', { headers: { host: `pbx.test:${port}` } })).status).toBe(200);
    expect((await visitor.ask('/', { headers: { host: `other.test:${port}` } })).status).toBe(403);
    rmSync(folder, { recursive: true });
  });

  it('a key that is none, or of another certificate, is told by its option', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'explorer-tls-'));
    const [one, other] = [makeAuthority().server, makeAuthority().server];
    const files = { 'cert.pem': one.cert, 'other.pem': other.key, 'wrong.pem': 'nothing' };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const tls = (key: string) =>
      refusal(['--demo', '--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, key)]);
    const [foreign, wrong] = await Promise.all([tls('other.pem'), tls('wrong.pem')]);
    expect(foreign).toEqual([2, [expect.stringContaining('--tls-cert and --tls-key do not belong together')]]);
    expect(wrong).toEqual([2, [expect.stringMatching(/--tls-key .*wrong\.pem is no key in PEM/)]]);
    rmSync(folder, { recursive: true });
  });
});
