/** Why something was not reached that may be reached soon, by the codes of the system: what was not sent for it is repeated. */
export function unreached(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}
