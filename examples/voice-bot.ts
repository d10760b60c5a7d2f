/**
 * A voice bot that stops when somebody speaks: it says what it hears, in the place of a speech service. The demonstration's
 * caller is a program as well, since telephones that only press digits say nothing.
 *
 *     StasisStart → answer → a channel whose audio this program has → a bridge with both
 *     the caller speaks, and is silent → the bot answers
 *     the caller speaks again          → what is left of the answer is not said; the bot knows how much was heard
 *     StasisEnd → the audio ends, and so does the bridge
 */
import { Parrot } from './media/parrot.js';
import { voiceBot } from './media/voice-bot-application.js';
import { example } from './support/example.js';
import { Speaker } from './support/speaker.js';

const app = 'voice-bot';

export default example(import.meta.url, {
  app,
  start: (client, _endpoint, say) =>
    voiceBot(client, app, (events) => new Parrot(events, (text) => say(`the bot ${text}`))),
  async demo(_phones, { client }) {
    const ann = await Speaker.call(client, app);
    await ann.says(3_000);
    await ann.hears(400);
    await ann.says(300);
    await ann.hears(300);
    await ann.hangup();
  },
});
