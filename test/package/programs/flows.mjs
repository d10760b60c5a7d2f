// asterisk-ari/flows: a caller of the double is asked, hears the answer and leaves a message.
import assert from 'node:assert/strict';
import { connect } from 'asterisk-ari';
import { DigitBuffer, gather, menu, play, recordMessage, say } from 'asterisk-ari/flows';
import { startAsterisk } from 'asterisk-ari/testing';

const asterisk = await startAsterisk();
const client = await connect(asterisk.url, asterisk.username, asterisk.password);
await client.start('bot');
const arrived = client.channels.waitFor('StasisStart');
const caller = asterisk.call({ to: 'stasis-bot' });
const { channel } = await arrived;
await channel.answer();

const typeAhead = new DigitBuffer(channel);
caller.press('42#1');
assert.equal((await gather(channel, { typeAhead })).digits, '42');
assert.equal((await menu(channel, { choices: { 1: () => 'sales' }, typeAhead })).value, 'sales');
typeAhead.close();
assert.equal((await play(channel, { media: say(42) })).outcome, 'finished');
const begun = client.waitFor('RecordingStarted');
const message = recordMessage(channel, { name: 'hello', beep: false });
await begun;
caller.press('#');
assert.equal((await message).reason, 'terminator');

await client.close();
await asterisk.close();
