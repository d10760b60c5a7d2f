import type { z } from 'zod';
import { AriValidationError } from '../../errors/validation-error.js';

/**
 * Looks at the arguments of a call: `check('phone.press', { digits }, { digits: keys })`.
 * @throws {AriValidationError} that names the call, the argument, or the part of it that is wrong, and what is allowed
 */
export function check<Name extends string>(
  call: string,
  given: Readonly<Record<Name, unknown>>,
  kinds: Readonly<Record<NoInfer<Name>, z.ZodType>>,
): void {
  for (const name of Object.keys(kinds) as Name[]) {
    const issue = kinds[name].safeParse(given[name]).error?.issues[0];
    if (issue === undefined) continue;
    // What is told of an object with a name that does not exist, is told of that name.
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const within = [...issue.path, ...unknown].map(String).join('.');
    throw new AriValidationError(`${call}: ${told(name, within)} ${issue.message}`, within || name);
  }
}

/** `digits`, `request.from`, `option 'clock'`. */
function told(argument: string, within: string): string {
  if (within === '') return argument;
  return argument === 'options' ? `option '${within}'` : `${argument}.${within}`;
}
