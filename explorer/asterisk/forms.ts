import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationForm, OperationForms } from '../shared/operation.js';
import { branchOf } from './connect.js';

/** The operations of the server's branch, or of the nearest one that is described. */
export class Forms {
  /** As the page gets them. */
  readonly text: string;
  readonly release: string;
  readonly #operations: ReadonlyMap<string, OperationForm>;

  /** @param folder `dist/operations`, with a file for each branch */
  constructor(folder: string, release: string) {
    this.text = readFileSync(join(folder, `v${nearest(folder, branchOf(release))}.json`), 'utf8');
    const forms = JSON.parse(this.text) as OperationForms;
    this.release = forms.release;
    this.#operations = new Map(forms.operations.map((operation) => [operation.id, operation]));
  }

  find(id: string): OperationForm | undefined {
    return this.#operations.get(id);
  }
}

function nearest(folder: string, branch: number): number {
  const branches = readdirSync(folder).flatMap((name) => /^v(\d+)\.json$/.exec(name)?.[1] ?? []);
  const [best] = branches.map(Number).toSorted((a, b) => Math.abs(a - branch) - Math.abs(b - branch) || b - a);
  if (best === undefined) throw new Error('the descriptions of operations are missing: this installation is broken');
  return best;
}
