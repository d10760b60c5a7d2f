/**
 * A voice bot on an Asterisk of yours, until it is interrupted; it says what it hears. An extension of the dialplan leads
 * there: `exten => 1000,1,Stasis(bot)`.
 */
import { connect } from 'asterisk-ari';
import { Parrot } from './parrot.js';
import { voiceBot } from './voice-bot-application.js';

const { ARI_URL = 'http://localhost:8088/', ARI_USERNAME = 'hey', ARI_PASSWORD = 'peekaboo' } = process.env;

const client = await connect(ARI_URL, ARI_USERNAME, ARI_PASSWORD);
voiceBot(client, 'bot', (events) => new Parrot(events, console.log));

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
await client.run('bot', { signal: interrupted.signal });
await client.close();
