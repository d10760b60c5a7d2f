import { readApi } from '../../codegen/generate.js';
import type { ApiModel } from '../../codegen/model/types.js';
import type { Release } from '../asterisk/index.js';
import { startForCorpus, stopForCorpus } from './asterisk.js';
import { app, Scene } from './scene.js';
import { scenes } from './scenes/index.js';
import type { Heard } from './types.js';
import { Wire } from './wire.js';

/** What came of playing all scenes on one release. */
export interface Run extends Heard {
  /** The release that the server told, without what a distribution has added: `22.10.1`. */
  readonly version: string;
  /** The interface of its branch, as our bindings have it. */
  readonly model: ApiModel;
  /** Scenes that broke off, with the reason. */
  readonly failures: readonly string[];
}

/** Plays every scene on a real Asterisk. */
export async function playScenes(release: Release, tell: (message: string) => void): Promise<Run> {
  const { model } = await readApi({ kind: 'bundled', version: release });
  const server = await startForCorpus(release);
  const scene = new Scene(new Wire(server.url, server, model), server.sipPort);
  const failures: string[] = [];
  try {
    await scene.listen(app, true);
    for (const script of scenes.filter(({ since = 0 }) => Number(release) >= since)) {
      tell(`${release}: ${script.name}`);
      // Digits are a matter of timing: on a busy machine they may be missed once.
      await scene.perform(script).catch(async (first: Error) => {
        tell(`   once more, for ${first.message}`);
        await scene.perform(script).catch((error: Error) => failures.push(`${script.name}: ${error.message}`));
      });
    }
  } finally {
    scene.close();
    await stopForCorpus(release);
  }
  const version = /^[\d.]+\d/.exec(server.version)?.[0] ?? server.version;
  return { version, model, failures, events: scene.events, answers: scene.answers };
}
