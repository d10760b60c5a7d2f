import { AriClient, AriValidationError } from 'asterisk-ari';
import { connectFleet, startRelay } from 'asterisk-ari/nats';
import { describe, expect, it } from 'vitest';

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
});
