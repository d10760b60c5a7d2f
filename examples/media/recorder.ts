/**
 * Records callers to WAV files in the working directory, until it is interrupted. An extension of the dialplan leads
 * there: `exten => 1000,1,Stasis(recorder)`.
 */
import { connect } from 'asterisk-ari';
import { recorder } from './recorder-application.js';

const { ARI_URL = 'http://localhost:8088/', ARI_USERNAME = 'hey', ARI_PASSWORD = 'peekaboo' } = process.env;

const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
recorder(client, 'recorder', '.', console.log);

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
await client.run('recorder', { signal: interrupted.signal });
await client.close();
