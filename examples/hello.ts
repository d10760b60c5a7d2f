/**
 * The hello application on an Asterisk of yours, until it is interrupted. An extension of the dialplan leads there:
 * `exten => 1000,1,Stasis(hello)`.
 */
import { connect } from 'asterisk-ari';
import { hello } from './hello-application.js';

const { ARI_URL = 'http://localhost:8088/', ARI_USERNAME = 'hey', ARI_PASSWORD = 'peekaboo' } = process.env;

const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
hello(client);

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
await client.run('hello', { signal: interrupted.signal });
await client.close();
