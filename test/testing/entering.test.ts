import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

const makers = [
  ['create', 'channels/create?endpoint=Local/wait@default&app=a&channelId=new'],
  ['snoopChannelWithId', 'channels/c/snoop/new?spy=in&app=a'],
  ['externalMedia', 'channels/externalMedia?external_host=127.0.0.1:9&format=ulaw&app=a&channelId=new'],
] as const;

describe('a channel that was just made', () => {
  it.each(makers)('by %s comes into its application after the answer: who does not wait is refused', async (_, uri) => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    await bench.inStasis(app, 'a', 'c');
    await bench.rest('POST', '/bridges/b');
    const ask = (id: string, to: string): void =>
      app.send({ type: 'RESTRequest', request_id: id, method: 'POST', uri: to });
    const answer = (id: string) => app.waitFor('RESTResponse', ({ request_id }) => request_id === id);
    // Over one connection, so that nothing comes between.
    ask('make', uri);
    ask('set', 'channels/new/variable?variable=COLOR&value=red');
    ask('add', 'bridges/b/addChannel?channel=new');
    expect((await answer('make'))['status_code']).toBe(200);
    const refusal = JSON.stringify({ message: 'Channel not in Stasis application' });
    expect(await answer('set')).toMatchObject({ status_code: 409, message_body: refusal });
    expect(await answer('add')).toMatchObject({ status_code: 422, message_body: refusal });
    await app.waitFor('StasisStart', ({ channel }) => channel.id === 'new');
    ask('again', 'bridges/b/addChannel?channel=new');
    expect((await answer('again'))['status_code']).toBe(204);
  });

  it('and is to be hung up at once comes into it nevertheless, and leaves it', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    app.send({ type: 'RESTRequest', request_id: '1', method: 'POST', uri: makers[0][1] });
    app.send({ type: 'RESTRequest', request_id: '2', method: 'DELETE', uri: 'channels/new' });
    await app.waitFor('StasisEnd');
    const told = app.types.filter((type) => /^Stasis|HangupRequest|RESTResponse/.test(type));
    expect(told).toEqual(['RESTResponse', 'ChannelHangupRequest', 'RESTResponse', 'StasisStart', 'StasisEnd']);
  });
});
