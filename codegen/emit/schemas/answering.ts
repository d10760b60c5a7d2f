import type { Operation } from '../../model/types.js';
import type { Scope } from '../scope.js';

/** An operation by its name in the tables that the runtime reads. */
export interface AnsweringOperation {
  readonly name: string;
  readonly operation: Operation;
}

/** The operations that answer with JSON. */
export function answering({ model }: Scope): readonly AnsweringOperation[] {
  return model.resources.flatMap(({ name, operations }) =>
    operations.filter(isAnswering).map((operation) => ({ name: `${name}.${operation.name}`, operation })),
  );
}

function isAnswering({ response, upgrade }: Operation): boolean {
  const isEmpty = response.kind === 'primitive' && (response.name === 'void' || response.name === 'binary');
  return upgrade === undefined && !isEmpty;
}
