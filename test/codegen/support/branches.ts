import { buildModel } from '../../../codegen/model/build.js';
import type { ApiModel, Operation } from '../../../codegen/model/types.js';
import { loadBundled } from '../../../codegen/load/bundled.js';
import { parse } from '../../../codegen/parse/index.js';

/** The bundled branches and what is known of their size: operations, parameters, events. */
export const BRANCHES = [
  { major: 16, release: '16.30.1', operations: 98, parameters: 235, models: 70, events: 38 },
  { major: 18, release: '18.26.4', operations: 100, parameters: 249, models: 70, events: 38 },
  { major: 20, release: '20.20.1', operations: 109, parameters: 275, models: 84, events: 44 },
  { major: 21, release: '21.12.3', operations: 102, parameters: 252, models: 81, events: 42 },
  { major: 22, release: '22.10.1', operations: 109, parameters: 275, models: 85, events: 45 },
  { major: 23, release: '23.4.1', operations: 109, parameters: 275, models: 85, events: 45 },
] as const;

/** The interface of a bundled branch; its warnings go into the list, if one is given. */
export async function branchModel(major: number, warnings: string[] = []): Promise<ApiModel> {
  const sources = await loadBundled(String(major));
  const warn = (message: string) => warnings.push(message);
  return buildModel(parse(sources, warn), sources.release, warn);
}

export function operationsOf(model: ApiModel): readonly Operation[] {
  return model.resources.flatMap(({ operations }) => operations);
}

/** One operation by its id; a test that asks for another fails. */
export function operationOf(model: ApiModel, id: string): Operation {
  const found = operationsOf(model).find((operation) => operation.id === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}
