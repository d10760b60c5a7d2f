/** Base of every error this library throws on purpose: `error instanceof AriError` catches them all. */
export class AriError extends Error {
  static {
    nameError(this, 'AriError');
  }
}

/** Names an error class as built-in ones are named: on the prototype, so that printing an error does not repeat it. */
export function nameError(errorClass: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true });
}
