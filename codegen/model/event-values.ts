import { CodegenError } from '../errors.js';
import { placeOf } from '../parse/check-operations.js';
import type { ApiDocuments } from '../parse/types.js';
import type { EventHierarchy } from './event-hierarchy.js';
import { OBJECT_TABLE } from './object-table.js';

/**
 * Events come over the event connection and nowhere else: fails where something speaks of one as of a value, or where a
 * kind of object is one.
 */
export function refuseEventsAsValues(api: ApiDocuments, { bases, leaves }: EventHierarchy): void {
  const events = new Set([...bases, ...leaves.map(({ name }) => name)]);
  for (const { file, apis, models } of api.documents) {
    const refuse = (at: string, type: string): void => {
      const name = /^(?:List\[)*([^[\]]*)\]*$/.exec(type)?.[1] ?? type;
      if (events.has(name)) throw new CodegenError(`'${name}' is an event, and no value`, { file, at });
    };
    for (const { path, operations } of apis) {
      for (const operation of operations) {
        const at = placeOf(path, operation);
        // the event connection is said to answer with them
        if (operation.upgrade === undefined) refuse(`${at}: responseClass`, operation.responseClass);
        for (const { name, dataType } of operation.parameters) refuse(`${at}: parameter ${name}`, dataType);
      }
    }
    for (const { id, properties } of models) {
      for (const { name, type } of properties) refuse(`model ${id}: property ${name}`, type);
      if (events.has(id) && OBJECT_TABLE.some((object) => object.name === id)) {
        throw new CodegenError('a kind of object cannot be an event', { file, at: `model ${id}` });
      }
    }
  }
}
