// Relays and fleets, without the package that they need beside them: what is missing is said.
import assert from 'node:assert/strict';
import { AriClient, AriError } from 'asterisk-ari';
import { connectFleet, startRelay } from 'asterisk-ari/nats';

const asterisk = { url: 'http://127.0.0.1:9', username: 'a', password: 'b' };
const server = 'nats://127.0.0.1:9';
const needs = (error) => error instanceof AriError && /@nats-io\/transport-node|no NATS server/.test(error.message);
await assert.rejects(connectFleet({ client: AriClient, servers: server, apps: 'ivr' }), needs);
await assert.rejects(startRelay({ asterisk, servers: server, apps: 'ivr' }), needs);
await assert.rejects(connectFleet({ client: AriClient, servers: server, apps: '' }), /apps/);
