/**
 * A worker to which Asterisk opens a connection for each call (`connection_type=per_call_config`). Any number of them may
 * stand behind a load balancer: each call meets one. On SIGTERM it takes no new calls and lets the running ones end.
 */
import { AriClient } from 'asterisk-ari';
import { serve } from 'asterisk-ari/outbound';
import { answerCall } from './call-worker-application.js';

const { PORT = '8090', OUTBOUND_USERNAME = 'asterisk', OUTBOUND_PASSWORD = '' } = process.env;

const worker = await serve(
  {
    client: AriClient,
    port: Number(PORT),
    username: OUTBOUND_USERNAME,
    password: OUTBOUND_PASSWORD,
    logger: console,
  },
  (connection) => {
    answerCall(connection).catch((error: unknown) => console.error(String(error)));
  },
);
console.log(`Asterisk may connect to ws://<this host>:${worker.port}/`);

process.once('SIGTERM', () => void worker.drain({ timeoutMs: 60_000 }));
