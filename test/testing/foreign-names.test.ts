import { describe, expect, it } from 'vitest';
import { documentFolder, loadDocuments } from '../../src/testing/docs/load.js';
import { Bench, type WireAnswer, type WireApp } from './support.js';

/** Names that every JavaScript object seems to have. */
const inherited = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];

/** What each parameter is in an ordinary request that reaches as far as it can. */
const ordinary = new Map<string, string>([
  ['recordingName', 'take'],
  ['applicationName', 'app'],
  ['application', 'app'],
  ['app', 'app'],
  ['endpoint', 'Local/wait@default'],
  ['extension', 'wait'],
  ['media', 'sound:hello-world'],
  ['format', 'wav'],
  ['name', 'free'],
  ['spy', 'both'],
  ['direction', 'in'],
  ['operation', 'pause'],
  ['dtmf', '1'],
  ['variable', 'NAME'],
  ['variables', 'NAME'],
  ['external_host', '127.0.0.1:9'],
  ['tech', 'PJSIP'],
  ['resource', 'alice'],
  ['deviceName', 'Stasis:x'],
  ['deviceState', 'INUSE'],
  ['configClass', 'res_pjsip'],
  ['objectType', 'auth'],
  ['logChannelName', 'log'],
  ['configuration', 'notice'],
  ['destinationRecordingName', 'copy'],
  ['to', 'pjsip:alice'],
  ['refer_to', 'pjsip:alice'],
]);

const operations = [...loadDocuments(documentFolder('22')).resources.values()]
  .flatMap(({ apis }) => apis.flatMap(({ path, operations: all }) => all.map((one) => ({ ...one, path }))))
  .filter(({ upgrade }) => upgrade === undefined)
  .map((one) => ({ ...one, name: `${one.httpMethod} ${one.path}` }));

/** Asks for every operation with one parameter after the other as told, each of an object of its own. */
async function ask(value: string): Promise<string[]> {
  await using bench = await Bench.start({ quietMs: 0 });
  const app = await bench.app('app');
  const answers: string[] = [];
  for (const { path, httpMethod, parameters = [], name } of operations) {
    const { id, objects } = await objectsOn(bench, app, answers.length);
    for (const odd of parameters.filter(({ paramType }) => paramType !== 'body')) {
      const given = (one: string): string | undefined =>
        one === odd.name ? value : (objects[one] ?? ordinary.get(one));
      const target = path.replaceAll(/\{(\w+)\}/g, (_whole, one: string) =>
        encodeURIComponent(given(one) ?? `${one}${answers.length}`),
      );
      const query = parameters.filter((one) => one.paramType === 'query' && given(one.name) !== undefined);
      const pairs = query.map((one): [string, string] => [one.name, given(one.name) ?? '']);
      const { status, body } = await bench.rest(httpMethod, `${target}?${new URLSearchParams(pairs).toString()}`);
      answers.push(`${name}, ${odd.name}: ${status} ${messageOf(body).replaceAll(value, 'NAME')}`);
    }
    await bench.rest('DELETE', `/channels/${id}`);
    await end(bench, value);
  }
  return answers;
}

/** Ends a channel that a request has made under a name, so that none of those after it meets it, or just misses it. */
async function end(bench: Bench, name: string): Promise<void> {
  const path = `/channels/${encodeURIComponent(name)}`;
  await bench.rest('DELETE', path);
  await expect.poll(async () => (await bench.rest('GET', path)).status, { interval: 1 }).toBe(404);
}

async function objectsOn(bench: Bench, app: WireApp, count: number) {
  const id = `c${count}`;
  await bench.inStasis(app, 'app', id);
  await bench.rest('POST', `/bridges/b${count}`);
  await bench.rest('POST', `/channels/${id}/play/p${count}?media=sound:demo-congrats`);
  const objects: Record<string, string> = {
    channel: id,
    eventSource: `channel:${id}`,
    bridgeId: `b${count}`,
    playbackId: `p${count}`,
  };
  return { id, objects: { ...objects, channelId: id } as Readonly<Record<string, string>> };
}

describe('names that every JavaScript object seems to have', () => {
  it('are as any other name in every parameter of every operation', async () => {
    const [asUsual, ...answers] = await Promise.all(['unheard-of', '__proto__', 'constructor'].map(ask));
    for (const one of answers) expect(one.filter((answer, at) => answer !== asUsual?.[at])).toEqual([]);
  });

  it.each([...inherited, ...inherited.map((name) => `CHANNEL(${name})`), ...inherited.map((name) => `${name}(x)`)])(
    'are as any other where the dialplan is asked for %s',
    async (name) => {
      await using bench = await Bench.start({
        dialplan: { default: { here: ['Answer', `NoOp(\${${name}})`, 'Wait(600)'] } },
      });
      const app = await bench.app('app');
      await bench.inStasis(app, 'app', 'one', 'here');
      const strange = name.replaceAll(/__proto__|constructor|toString|valueOf|hasOwnProperty/g, 'nonsense');
      const read = (variable: string): Promise<WireAnswer> =>
        bench.rest('GET', `/channels/one/variable?variable=${encodeURIComponent(variable)}`);
      expect((await read(name)).status).toBe((await read(strange)).status);
    },
  );

  it('can be those of variables', async () => {
    await using bench = await Bench.start();
    const app = await bench.app('app');
    const body = { endpoint: 'Local/wait@default', app: 'app', variables: JSON.parse('{"constructor":"c"}') as object };
    await bench.rest('POST', '/channels/one', body);
    await app.waitFor('StasisStart');
    const { body: read } = await bench.rest('GET', '/channels/one/variables?variables=constructor');
    expect(read).toEqual({ variables: { constructor: 'c' } });
  });
});

function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
}
