import { AriClient, AriValidationError } from 'asterisk-ari';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelData } from '../support/events.js';
import { startRecordingServer } from '../support/recording-server.js';

let server: Awaited<ReturnType<typeof startRecordingServer>>;
let client: AriClient;
let status = 200;

beforeEach(async () => {
  status = 200;
  server = await startRecordingServer((request, response) => {
    const body = request.target.includes('/config/') ? '[]' : JSON.stringify(channelData('c1'));
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  client = new AriClient({ url: server.url, username: 'ari', password: 'secret', retry: false });
});

afterEach(async () => {
  await client.close();
  await server.close();
});

describe('a WebSocket channel', () => {
  const media = (channelId: string) =>
    client.channels.externalMedia({
      app: 'a',
      format: 'slin16',
      channelId,
      encapsulation: 'none',
      transport: 'websocket',
      connection_type: 'server',
    });

  it('is not made under the id of another channel of ours', async () => {
    await media('one');
    await expect(media('one')).rejects.toThrow(AriValidationError);
    await expect(media('one')).rejects.toThrow(/'channelId' is of a channel that this client has made: a WebSocket/);
    await client.channels.originateWithId({ channelId: 'two', endpoint: 'Local/1@default', app: 'a' });
    const endpoint = 'WebSocket/INCOMING/c(slin16)';
    await expect(client.channels.originateWithId({ channelId: 'two', endpoint, app: 'a' })).rejects.toThrow(
      /ends Asterisk/,
    );
    await media('three');
    expect(server.requests).toHaveLength(3);
  });

  it('is made under an id whose channel Asterisk refused, and other channels under any', async () => {
    status = 400;
    await expect(media('one')).rejects.toThrow(/400/);
    status = 200;
    await media('one');
    await client.channels.originateWithId({ channelId: 'one', endpoint: 'Local/1@default', app: 'a' });
  });
});

describe('a message', () => {
  const make = (id: string, fields: { attribute: string; value: string }[]) =>
    client.asterisk.updateObject({ configClass: 'res_pjsip', objectType: 'endpoint', id, fields });

  it('is not sent to an endpoint that was made without aors', async () => {
    await make('bare', [{ attribute: 'context', value: 'default' }]);
    await make('whole', [{ attribute: 'aors', value: 'whole' }]);
    const sent = server.requests.length;
    for (const refused of [
      client.endpoints.sendMessage({ to: 'pjsip:bare', from: 'x' }),
      client.endpoints.sendMessage({ to: 'PJSIP:bare/sip:bare@10.0.0.1', from: 'x' }),
      client.endpoints.sendMessageToEndpoint({ tech: 'PJSIP', resource: 'bare', from: 'x' }),
    ]) {
      await expect(refused).rejects.toThrow(
        /is an endpoint that was made without 'aors': a message to it ends Asterisk/,
      );
    }
    expect(server.requests).toHaveLength(sent);
    await client.endpoints.sendMessage({ to: 'pjsip:whole', from: 'x' });
    await make('bare', [{ attribute: 'aors', value: 'bare' }]);
    await client.endpoints.sendMessage({ to: 'pjsip:bare', from: 'x' });
  });
});
