/** Key of the method by which a client says how messages of diagnostics channels name it. */
export const toldClient: unique symbol = Symbol('told client');
