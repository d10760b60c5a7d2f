import { describe, expect, it } from 'vitest';
import { Bench } from './support.js';

describe('external media', () => {
  it('has a channel whose first answer carries all of its variables', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('a');
    const query = 'app=a&external_host=127.0.0.1:9999&format=ulaw&data=x&channelId=m';
    const answer = await bench.rest('POST', `/channels/externalMedia?${query}`);
    expect(answer.body).toMatchObject({
      id: 'm',
      name: expect.stringMatching(/^UnicastRTP\/127\.0\.0\.1:9999-0x/),
      channelvars: { UNICASTRTP_LOCAL_ADDRESS: '127.0.0.1', UNICASTRTP_LOCAL_PORT: expect.stringMatching(/^\d+$/) },
    });
    expect(await app.waitFor('StasisStart')).toMatchObject({ args: ['x'] });
    expect((await bench.rest('GET', '/channels/m')).body).not.toHaveProperty('channelvars');
  });

  it.each([
    ['', 400, 'app cannot be empty'],
    ['app=a', 400, 'external_host is required for all but websocket server connections'],
    ['app=a&external_host=h:1', 400, 'format cannot be empty'],
    [
      'app=a&external_host=h&format=ulaw',
      400,
      'external_host must be <host>:<port> for all transports other than websocket',
    ],
    ['app=a&external_host=h:1&format=ulaw&direction=up', 400, 'Invalid direction specified'],
    [
      'app=a&external_host=h:1&format=ulaw&encapsulation=none',
      501,
      'The encapsulation and/or transport is not supported',
    ],
    ['app=a&external_host=h:1&format=slin&encapsulation=audiosocket&transport=tcp', 400, 'data can not be empty'],
    ['app=a&format=ulaw&transport=websocket', 400, "encapsulation must be 'none' for websocket transport"],
  ])('with %j is refused', async (query, status, message) => {
    await using bench = await Bench.start();
    expect(await bench.rest('POST', `/channels/externalMedia?${query}`)).toMatchObject({ status, body: { message } });
  });
});
