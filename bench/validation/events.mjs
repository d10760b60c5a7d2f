// CPU per event for the three levels of validation: from the frame's text to a listener of every event.
// node --import tsx bench/validation/events.mjs. One process a level, rounds interleaved.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const levels = ['none', 'envelope', 'full'];
const rounds = 5;
const [level] = process.argv.slice(2);

if (level === undefined) {
  /** @type {Map<string, { nsPerEvent: number, readyMs: number }[]>} */
  const results = new Map(levels.map((each) => [each, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const each of levels) {
      const { stdout } = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), each], {
        encoding: 'utf8',
      });
      results.get(each).push(JSON.parse(stdout));
    }
  }
  for (const [each, runs] of results) {
    const times = runs.map(({ nsPerEvent }) => nsPerEvent).sort((a, b) => a - b);
    const ready = Math.min(...runs.map(({ readyMs }) => readyMs));
    console.log(`${each.padEnd(8)} ${times[0]} ns/event best, ${times[rounds >> 1]} median, ready after ${ready} ms`);
  }
} else {
  console.log(JSON.stringify(await measure(level)));
}

async function measure(validation) {
  const corpus = new URL('../../test/corpus/22.10.1/events/', import.meta.url);
  const frames = readdirSync(corpus).flatMap((file) =>
    JSON.parse(readFileSync(new URL(file, corpus), 'utf8')).map((event) => JSON.stringify(event)),
  );
  const { bindings } = await import('../../generated/v22/bindings.js');
  const { Dispatcher } = await import('../../src/events/dispatcher.js');
  const { ClientScope } = await import('../../src/events/scopes.js');
  const { Validator } = await import('../../src/validation/validator.js');

  const began = performance.now();
  const gate = new Validator(bindings, { validation, whenInvalid: 'deliver', logger: console }, complain);
  await gate.ready();
  const readyMs = Math.round(performance.now() - began);
  const host = {
    make: (binding, data) => new binding.class({ objects: bindings.objects }, data),
    onFailure: complain,
    onParting() {},
  };
  const dispatcher = new Dispatcher(bindings, { ...host, alwaysRead: [], gate });
  let heard = 0;
  new ClientScope(dispatcher).add('*', () => (heard += 1), false, undefined);

  let best = Infinity;
  for (let round = 0; round < 8; round += 1) {
    const { user: before } = process.cpuUsage();
    const times = 150;
    for (let time = 0; time < times; time += 1) {
      for (const frame of frames) {
        dispatcher.dispatch(JSON.parse(frame));
      }
    }
    const { user: after } = process.cpuUsage();
    best = Math.min(best, ((after - before) * 1000) / (times * frames.length));
  }
  if (heard !== 8 * 150 * frames.length) throw new Error('not every event was heard');
  return { nsPerEvent: Math.round(best), readyMs, frames: frames.length };
}

function complain(...args) {
  throw new Error(`something is wrong with the corpus: ${JSON.stringify(args)}`);
}
