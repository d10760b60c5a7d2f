/** Where something was called, for the error that it may end with much later. */
export class CallSite {
  readonly stack?: string;

  /** @param callee what was called; the frames above it are kept */
  constructor(callee: (...args: never[]) => unknown) {
    Error.captureStackTrace(this, callee);
  }

  /** Gives an error that was made by a timer, or by an event, the frames of who waits for it. */
  claim<E extends Error>(error: E): E {
    const frames = this.stack?.slice(this.stack.indexOf('\n')) ?? '';
    error.stack = `${error.name}: ${error.message}${frames}`;
    return error;
  }
}
