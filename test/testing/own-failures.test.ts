import { afterEach, expect, it, vi } from 'vitest';
import { Tasks } from '../../src/testing/engine/tasks.js';
import type { SoundData } from '../../src/testing/index.js';
import { Bench } from './support.js';

afterEach(() => vi.restoreAllMocks());

function warnings(): string[] {
  const told: string[] = [];
  vi.spyOn(process, 'emitWarning').mockImplementation((warning, type) => told.push(`${type as string}: ${warning}`));
  return told;
}

/** Options that break after they were looked at are the only way to make the double stumble from outside. */
function breakable(): { readonly sound: SoundData; break(): void } {
  let isBroken = false;
  const sound = {
    durationMs: 5,
    get formats() {
      if (isBroken) throw new TypeError('broken');
      return [];
    },
  };
  return { sound, break: () => void (isBroken = true) };
}

it('a fault within the double answers 500 over either way, and is told by a warning', async () => {
  const told = warnings();
  const broken = breakable();
  await using bench = await Bench.start({ sounds: { broken: broken.sound } });
  broken.break();
  const { status, body } = await bench.rest('GET', '/sounds/broken');
  expect({ status, body }).toMatchObject({
    status: 500,
    body: { message: expect.stringMatching(/^The double failed/) },
  });
  const app = await bench.app('app');
  app.send({ type: 'RESTRequest', method: 'GET', uri: 'sounds/broken' });
  expect(await app.waitFor('RESTResponse')).toMatchObject({ status_code: 500 });
  expect(told).toHaveLength(2);
  for (const one of told)
    expect(one).toMatch(/^TestAsteriskWarning: the double failed at GET \/sounds\/broken: TypeError/);
  expect((await bench.rest('GET', '/asterisk/ping')).status).toBe(200);
});

it('a fault in what nobody waits for is told, and what comes after it is done', async () => {
  const told = warnings();
  await using bench = await Bench.start({ dialplan: { default: { odd: ['Answer', 'StasisBroadcast(500,[)'] } } });
  bench.asterisk.call({ to: 'odd' });
  await expect
    .poll(() => told)
    .toEqual([expect.stringMatching(/the double failed at what nobody waits for: SyntaxError/)]);
  expect((await bench.rest('GET', '/channels')).status).toBe(200);
});

it('work that fails does not keep back the work after it', () => {
  const failures: unknown[] = [];
  const done: string[] = [];
  const tasks = new Tasks((error) => failures.push(error));
  tasks.run(() => {
    tasks.soon(() => {
      throw new Error('one');
    });
    tasks.soon(() => done.push('two'));
  });
  expect(failures).toEqual([new Error('one')]);
  expect(done).toEqual(['two']);
});
