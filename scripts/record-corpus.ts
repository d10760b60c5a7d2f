/**
 * Records what real Asterisks send: plays many scenes on each release of the testbed and keeps, anonymous and few of a
 * kind, events and answers under test/corpus. Takes some minutes.
 *
 *   npx tsx scripts/record-corpus.ts [22|16]
 */
import { parseArgs } from 'node:util';
import { indexOf, unexplained } from './corpus/corpus-index.js';
import { writeCorpus } from './corpus/files.js';
import { makeCorpus } from './corpus/make.js';
import { playScenes } from './corpus/run.js';

const releases = ['22', '16'] as const;

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  for (const release of releases.filter((each) => positionals.length === 0 || positionals.includes(each))) {
    const run = await playScenes(release, (message) => console.error(message));
    const corpus = makeCorpus(run);
    writeCorpus(corpus, indexOf(corpus, run.model));
    const { events, answers } = corpus;
    console.log(`${corpus.release}: ${events.size} types of event, answers of ${answers.size} operations`);
    for (const problem of [...run.failures, ...unexplained(corpus, run.model).map((what) => `no ${what}: why?`)]) {
      console.error(`${corpus.release}: ${problem}`);
      process.exitCode = 1;
    }
  }
}

void main();
