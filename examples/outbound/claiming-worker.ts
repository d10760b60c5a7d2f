/**
 * One worker of a fleet: each has an application of its own, the dialplan offers every call to all of them, and the first
 * claim wins. An extension for it: `exten => 1000,1,StasisBroadcast(500)`.
 */
import { hostname } from 'node:os';
import { connect } from 'asterisk-ari';
import { claimCalls } from './claiming-worker-application.js';

const { ARI_URL = 'http://localhost:8088/', ARI_USERNAME = 'hey', ARI_PASSWORD = 'peekaboo' } = process.env;

const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD, { logger: console });
claimCalls(client, (id) => console.log(`${id} is mine`));

const interrupted = new AbortController();
process.once('SIGTERM', () => interrupted.abort());
await client.run(`worker-${hostname()}-${process.pid}`, { signal: interrupted.signal });
await client.close();
