import { readApi } from '../generate.js';
import type { Source } from '../load/types.js';
import { diffModels } from './diff-models.js';
import type { ApiDiff } from './types.js';

/** What is different about the interface of `to`, seen from that of `from`. */
export async function diff(from: Source, to: Source): Promise<ApiDiff> {
  const [before, after] = await Promise.all([readApi(from), readApi(to)]);
  return diffModels(before.model, after.model);
}
