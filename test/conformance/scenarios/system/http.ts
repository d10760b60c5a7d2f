import { expect } from 'vitest';
import { enterStasis } from '../../actors.js';
import { expectRaw } from '../../expectations.js';
import type { Scenario } from '../../world.js';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** What Asterisk's HTTP makes of requests that the SDK would not send. */
export const http: readonly Scenario[] = [
  {
    area: 'http',
    name: 'a path that there is not, and one with a slash at its end, are not found',
    async run({ raw, server }) {
      await expectRaw(raw('GET', '/nonsense'), 404, 'Resource not found');
      await expectRaw(raw('GET', '/channels/a/b/c'), 404, 'Resource not found');
      const slash = await raw('GET', '/channels/');
      const base = new URL(server.url).pathname;
      expect(slash.status).toBe(404);
      expect(slash.message).toBe(`ARI URLs do not end with a slash. Try ${base}ari/channels`);
      await expectRaw(raw('GET', '/api-docs/nonsense.json'), 404, 'Resource not found');
    },
  },
  {
    area: 'http',
    name: 'an empty segment ends the path: what stands before it is done',
    async run({ raw }) {
      const list = await raw('GET', '/channels//variable');
      expect(list.status).toBe(200);
      expect(Array.isArray(list.json)).toBe(true);
      await expectRaw(raw('POST', '/channels//answer'), 400, 'Endpoint must be specified');
      await expectRaw(raw('DELETE', '/bridges//addChannel'), 405, 'Invalid method');
    },
  },
  {
    area: 'http',
    name: 'a method that a path does not have is told from the ones that it has',
    async run({ raw }) {
      const allowed: Record<string, unknown> = {};
      for (const [method, path] of [
        ['PUT', '/channels'],
        ['PATCH', '/channels'],
        ['DELETE', '/asterisk/ping'],
        ['GET', ''],
        ['POST', '/api-docs/channels.json'],
      ] as const) {
        const { status, headers } = await raw(method, path);
        allowed[`${method} ${path}`] = `${status} ${headers.allow ?? ''}`;
      }
      expect(allowed).toEqual({
        'PUT /channels': '405 OPTIONS,GET,POST',
        'PATCH /channels': '405 OPTIONS,GET,POST',
        'DELETE /asterisk/ping': '405 OPTIONS,GET',
        'GET ': '405 OPTIONS',
        'POST /api-docs/channels.json': '405 ',
      });
      const options = await raw('OPTIONS', '/channels');
      expect([options.status, options.headers.allow, options.text]).toEqual([204, 'OPTIONS,GET,POST', '']);
    },
  },
  {
    area: 'http',
    name: 'outside of ARI there is HTML',
    async run({ raw }) {
      const { status, headers, text } = await raw('GET', '/elsewhere', { absolute: true });
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html');
      expect(text).toContain('<title>404 Not Found</title>');
    },
  },
  {
    area: 'http',
    name: 'who does not say who he is is asked',
    async run({ raw, server }) {
      const { status, message, headers } = await raw('GET', '/channels', { credentials: false });
      expect([status, message]).toEqual([401, 'Authentication required']);
      expect(headers['www-authenticate']).toBe('Basic realm="Asterisk REST Interface"');
      const bearer = { credentials: false, headers: { Authorization: 'Bearer x' } };
      await expectRaw(raw('GET', '/channels', bearer), 401, 'Authentication required');
      const key = (password: string) => `/asterisk/ping?api_key=${server.username}:${encodeURIComponent(password)}`;
      await expectRaw(raw('GET', key(server.password), { credentials: false }), 200);
      await expectRaw(raw('GET', key('wrong'), { credentials: false }), 401, 'Authentication required');
      // The header comes first.
      await expectRaw(raw('GET', key('wrong')), 200);
    },
  },
  {
    area: 'http',
    name: 'of a parameter that is repeated the last counts; JSON counts more than the query, the query more than a form',
    async run(world) {
      const channel = await enterStasis(world);
      const path = `/channels/${channel.id}/mute`;
      const invalid = 'Invalid direction specified';
      const { raw } = world;
      await expectRaw(raw('POST', `${path}?direction=sideways&direction=in`), 204);
      await expectRaw(raw('POST', `${path}?direction=in&direction=sideways`), 400, invalid);
      await expectRaw(raw('POST', path, { headers: form, body: 'direction=in' }), 204);
      await expectRaw(raw('POST', `${path}?direction=in`, { headers: form, body: 'direction=sideways' }), 204);
      await expectRaw(raw('POST', `${path}?direction=in`, { body: { direction: 'sideways' } }), 400, invalid);
      await expectRaw(raw('POST', `${path}?direction=sideways`, { body: { direction: 'in' } }), 204);
      await channel.hangup();
    },
  },
  {
    area: 'http',
    name: 'a body must be what it says it is, and the values of the right type',
    async run(world) {
      const channel = await enterStasis(world);
      const path = `/channels/${channel.id}/mute`;
      const json = { 'Content-Type': 'application/json' };
      const send = (body: unknown, headers: Record<string, string> = json) =>
        world.raw('POST', path, { body, headers });
      await expectRaw(send({ direction: 7 }), 400, 'Direction is required');
      await expectRaw(send('[1]'), 400, 'Direction is required');
      await expectRaw(send('{"direction":"in"'), 400, 'Error parsing request body');
      await expectRaw(send('"text"'), 400, 'Error parsing request body');
      await expectRaw(send('{"direction":"in"}', { 'Content-Type': 'text/plain' }), 400, 'Direction is required');
      await expectRaw(send('{"direction":"in"}', { 'Content-Type': 'application/json; charset=utf-8' }), 204);
      await channel.hangup();
    },
  },
  {
    area: 'http',
    name: 'what is too long is refused',
    async run({ raw }) {
      const long = (length: number) => 'y'.repeat(length);
      await expectRaw(raw('POST', '/channels', { body: { x: long(41_000) } }), 413, 'Request body too large');
      const line = await raw('GET', `/channels?x=${long(4200)}`);
      expect([line.status, line.headers['content-type']]).toEqual([400, 'text/html']);
      expect(line.text).toContain('Request line too long');
      const header = await raw('GET', '/channels', { headers: { 'X-Long': long(4200) } });
      expect([header.status, header.headers['content-type']]).toEqual([400, 'text/html']);
    },
  },
  {
    area: 'http',
    name: 'answers say how long they are and that they are not to be kept',
    async run(world) {
      const { headers } = await world.raw('GET', '/asterisk/ping');
      expect(headers['content-type']).toBe('application/json');
      expect(headers['cache-control']).toBe('no-cache, no-store');
      expect(headers['content-length']).toMatch(/^\d+$/);
      const channel = await enterStasis(world);
      const body = { media: 'sound:hello-world', playbackId: `played-${world.app}` };
      const created = await world.raw('POST', `/channels/${channel.id}/play`, { body });
      expect([created.status, created.headers.location]).toEqual([201, `/ari/playbacks/played-${world.app}`]);
      await channel.hangup();
    },
  },
  {
    area: 'http',
    name: 'events are not for a request that stays one',
    async run({ raw, app }) {
      const { status, headers } = await raw('GET', `/events?app=${app}`);
      expect([status, headers['content-type']]).toEqual([426, 'text/html']);
    },
  },
];
