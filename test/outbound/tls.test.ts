import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { startMediaServer } from 'asterisk-ari/media';
import { makeAuthority, type Authority } from '../faults/support/certificates.js';
import { credentials, Peer } from './support/peer.js';
import { Worker } from './support/worker.js';

const app = 'ivr:PJSIP/alice-00000001';
const alice = { id: '1', name: 'PJSIP/alice-00000001' };
let authority: Authority;

beforeAll(() => {
  authority = makeAuthority();
});

const secure = (port: number): string => `wss://127.0.0.1:${port}/`;

it('Asterisk connects over TLS', async () => {
  await using worker = await Worker.start({ tls: authority.server });
  const peer = await Peer.connect(secure(worker.server.port), app, { tls: { ca: authority.ca } });
  peer.start(alice, ['a']);
  const connection = await worker.forCall();
  expect((await connection.call()).args).toEqual(['a']);
  expect(await connection.client.channels.list()).toEqual([]);
  await connection.close();
  expect(await peer.closed()).toBe(1000);
});

it('Asterisk is told whose certificate it is, and keeps away from one that it does not trust', async () => {
  await using worker = await Worker.start({ tls: authority.server });
  const stranger = new Peer(secure(worker.server.port), [app]);
  await expect(stranger.opened).rejects.toThrow(/unable to verify/);
  expect(worker.connections).toEqual([]);
});

it('an Asterisk must show a certificate where one is asked for', async () => {
  const { server, ca, client } = authority;
  await using worker = await Worker.start({ tls: { ...server, ca } });
  await expect(new Peer(secure(worker.server.port), [app], { tls: { ca } }).opened).rejects.toThrow();
  await Peer.connect(secure(worker.server.port), app, { tls: { ca, ...client } });
  await worker.forCall();
});

it('a server of node:https serves as well', async () => {
  const server = createServer(authority.server, (_request, response) => response.end('mine'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  await using worker = await Worker.start({ port: undefined, server });
  const { port } = server.address() as AddressInfo;
  expect(worker.server.port).toBe(port);
  await Peer.connect(secure(port), app, { tls: { ca: authority.ca } });
  await worker.forCall();
  await worker.server.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it.each(['outbound', 'media'])(
  'a server for %s closes while somebody is in the middle of a handshake',
  async (what) => {
    const { server: tls } = authority;
    const server =
      what === 'media' ? await startMediaServer({ tls, ...credentials }) : (await Worker.start({ tls })).server;
    const silent = connectTcp(server.port, '127.0.0.1');
    await once(silent, 'connect');
    silent.write('\x16');
    const gone = once(silent, 'close');
    await server.close();
    silent.destroy();
    await gone;
  },
);

it.each([
  [{ cert: 'x' }, "option 'tls.key' must be given, as PEM"],
  [{}, "option 'tls.cert' must be given, as PEM"],
  [{ cert: 'x', key: 'y' }, "option 'tls' is of no use to Node"],
])('a server for media refuses tls %j', async (tls, why) => {
  await expect(startMediaServer({ tls, ...credentials })).rejects.toThrow(why);
});
