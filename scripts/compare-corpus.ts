/**
 * Prints where the bindings' types deny what real Asterisks were heard to send. Fails if there is anything.
 *
 *   npx tsx scripts/compare-corpus.ts
 */
import { readApi } from '../codegen/generate.js';
import { compare } from './corpus/compare.js';
import { corpusReleases, readCorpus } from './corpus/files.js';

async function main(): Promise<void> {
  for (const release of corpusReleases()) {
    const [version = ''] = release.split('.');
    const { model } = await readApi({ kind: 'bundled', version });
    const findings = compare(readCorpus(release), model);
    for (const { place, what, detail, file } of findings) {
      console.log(
        `${place}: ${what}${detail === '' ? '' : `: ${detail.slice(0, 100)}`} (test/corpus/${release}/${file})`,
      );
    }
    console.log(`${release}: ${findings.length} differences`);
    process.exitCode ||= findings.length > 0 ? 1 : 0;
  }
}

void main();
