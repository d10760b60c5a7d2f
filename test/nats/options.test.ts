import { connect } from '@nats-io/transport-node';
import { AriClient, AriValidationError } from 'asterisk-ari';
import { connectFleet, startRelay } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';
import { House } from './support/house.js';

describe('wrong options', () => {
  it.each([
    [{ apps: '' }, 'apps'],
    [{ prefix: 'a b' }, "option 'prefix'"],
    [{ group: '>' }, "option 'group'"],
    [{ client: 5 }, "option 'client'"],
    [{ client: Date }, "option 'client' must be a class of bindings that use this asterisk-ari"],
    [
      { clientOptions: { timeoutMs: -1 } },
      "option 'clientOptions.timeoutMs' must be a whole number, at least 0, not -1",
    ],
    [{ clientOptions: { url: '' } }, "option 'clientOptions.url' does not exist"],
    [{ servers: undefined }, "connectFleet: option 'servers' is missing"],
    [{ servers: 5 }, "option 'servers' must be addresses of NATS servers, such as nats://localhost:4222, not 5"],
    [
      { servers: [] },
      "option 'servers' must be addresses of NATS servers, such as nats://localhost:4222, not an empty",
    ],
    [
      { servers: [null] },
      "option 'servers' must be addresses of NATS servers, such as nats://localhost:4222, not null",
    ],
    [{ servers: '' }, 'such as nats://localhost:4222, not ""'],
    [{ servers: ['nats://a', 'nats://'] }, "option 'servers' has what is no address of a NATS server, such as nats:"],
    [{ servers: 'nats://h:xx' }, "option 'servers' has what is no address of a NATS server"],
    [{ servers: 'ws://h:1' }, "option 'servers' has what is no address of a NATS server"],
    [{ servers: 'nats://h:1/path' }, "option 'servers' has an address with more in it than a host and a port"],
    [{ servers: 'nats://u:p@h:1' }, "option 'servers' must not hold credentials; give them as nats.user and nats.pass"],
    [{ servers: undefined, nats: { servers: [] } }, "option 'nats.servers' must be addresses of NATS servers"],
    [{ nats: null }, "option 'nats' must be options of connect() of @nats-io/transport-node, or a connection"],
    [{ nats: 5 }, "option 'nats' must be options of connect() of @nats-io/transport-node, or a connection that it has"],
    [{ nats: { foo: 1 } }, "option 'nats.foo' does not exist; allowed are authenticator, debug"],
    [{ nats: { inboxPrefix: 'a b' } }, `option 'nats.inboxPrefix' must be words without blanks, * and >, with dots`],
    [{ nats: { timeout: 'x' } }, `option 'nats.timeout' must be a whole number, at least 0, not "x"`],
    [{ nats: { timeout: null } }, `option 'nats.timeout' must be a whole number, at least 0, not null`],
    [{ nats: { port: 4222 } }, "option 'nats.port' says nothing beside servers"],
    [{ nats: { servers: 'nats://h:1' } }, "option 'nats.servers' says nothing beside servers"],
    [
      { nats: { authenticator: 'x' } },
      "option 'nats.authenticator' must be what credsAuthenticator() and its like make",
    ],
    [{ nats: { authenticator: [] } }, "option 'nats.authenticator' must be what credsAuthenticator()"],
    [{ nats: { maxReconnectAttempts: -2 } }, "option 'nats.maxReconnectAttempts' must be a whole number, at least -1"],
    [{ nats: { reconnect: 1 } }, "option 'nats.reconnect' must be true or false, not 1"],
    [{ nats: { reconnectToServer: 1 } }, "option 'nats.reconnectToServer' must be a function, not 1"],
    [{ nats: { tls: 'yes' } }, "option 'nats.tls' must be an object with ca, caFile, cert, certFile, key, keyFile"],
    [{ nats: { user: 'u' } }, "option 'nats.user' says nothing alone: nats.user and nats.pass"],
    [{ nats: { pass: 'p' } }, "option 'nats.pass' says nothing alone: nats.user and nats.pass"],
    [{ nats: { user: 'u', pass: 1234 } }, "option 'nats.pass' must be a string that is not empty"],
    [{ nats: { token: 1234 } }, /option 'nats.token' must be a string that is not empty$/],
    [{ nats: { user: 'u', pass: 'p', token: 't' } }, "option 'nats.token' is given beside nats.user: give one of them"],
    [{ observe: true, group: 'g' }, "option 'group' says nothing with observe"],
    [{ prefix: null }, "option 'prefix' must be words"],
    [{ logger: null }, "option 'logger' must have the methods"],
    [{ group: null }, "option 'group' must be a word"],
    [{ maxCalls: null }, "option 'maxCalls' must be a whole number"],
    [{ observe: null }, "option 'observe' must be true or false, not null"],
    [{ clientOptions: null }, "option 'clientOptions' must be an object"],
    [{ servers: null }, "option 'servers' must be addresses of NATS servers"],
    [{ maxCalls: 0 }, "option 'maxCalls'"],
    [{ observe: true, maxCalls: 5 }, "option 'maxCalls' says nothing with observe"],
    [{ nonsense: 1 }, "connectFleet: option 'nonsense' does not exist; allowed are client, servers"],
  ])('of a fleet: %o', async (wrong, message) => {
    const options = { client: AriClient, apps: 'ivr', servers: 'nats://127.0.0.1:9', ...wrong };
    const refused = connectFleet(options as Parameters<typeof connectFleet<AriClient>>[0]);
    await expect(refused).rejects.toThrow(AriValidationError);
    await expect(refused).rejects.toThrow(message);
  });

  it('of a relay, and servers that are not there', async () => {
    const asterisk = { url: 'http://127.0.0.1:9', username: 'a', password: 'b' };
    const relay = (wrong: object) => startRelay({ asterisk, apps: 'ivr', servers: 'nats://127.0.0.1:9', ...wrong });
    await expect(relay({ unclaimed: 'x' })).rejects.toThrow("startRelay: option 'unclaimed'");
    await expect(relay({ asterisk: { ...asterisk, username: '' } })).rejects.toThrow("option 'asterisk.username'");
    const missing = "option 'asterisk' must be an object with url, username, password, not undefined";
    await expect(relay({ asterisk: undefined })).rejects.toThrow(missing);
    await expect(relay({})).rejects.toThrow('no NATS server takes the connection');
    await expect(relay({ servers: [] })).rejects.toThrow("startRelay: option 'servers' must be addresses");
  });

  it.each<[wrong: Record<string, unknown>, message: string]>([
    [{ prefix: null }, "option 'prefix' must be words"],
    [{ unclaimed: null, px: true }, "option 'unclaimed' must be leave or hangup or continue, not null"],
    [{ logger: null }, "option 'logger' must have the methods"],
    [{ place: 'a\nb' }, 'option \'place\' must be without control characters such as line feeds, not "a\\nb"'],
    [{ place: 'a\u0000b' }, "option 'place' must be without control characters"],
    [
      { asterisk: { tls: { rejectUnauthorized: true } } },
      "option 'asterisk.tls' says nothing with a url that begins with",
    ],
    [{ asterisk: { eventFilter: 'auto' } }, "option 'asterisk.eventFilter' says nothing to a relay, which passes all"],
    [{ asterisk: { whenInvalid: 'drop' } }, "option 'asterisk.whenInvalid' says nothing to a relay"],
    [
      { offerTimeoutMs: 20_000 },
      "option 'offerTimeoutMs' must be at most the 10000 ms that a call is offered (offerForMs)",
    ],
    [{ offerTimeoutMs: 600, offerForMs: 500 }, "option 'offerTimeoutMs' must be at most the 500 ms"],
    [{ asterisk: { whenReplaced: 'takeBack' } }, "option 'asterisk.whenReplaced' must be yield or left out"],
  ])('of a relay: %o', async ({ asterisk, ...wrong }, message) => {
    const place = { url: 'http://127.0.0.1:9', username: 'a', password: 'b', ...(asterisk as object | undefined) };
    const options = { asterisk: place, apps: 'ivr', servers: 'nats://127.0.0.1:9', ...wrong };
    await expect(startRelay(options as Parameters<typeof startRelay>[0])).rejects.toThrow(message);
  });

  it('are a connection to NATS that is closed, and addresses beside one that is open', async () => {
    await using house = await House.open();
    const nats = await connect({ servers: house.nats.url });
    const both = connectFleet({ client: AriClient, apps: 'ivr', servers: house.nats.url, nats });
    await expect(both).rejects.toThrow("connectFleet: option 'servers' says nothing beside a connection in nats");
    await nats.close();
    const closed = connectFleet({ client: AriClient, apps: 'ivr', nats });
    await expect(closed).rejects.toThrow(AriValidationError);
    await expect(closed).rejects.toThrow("connectFleet: option 'nats' is a connection that is closed");
  });
});
