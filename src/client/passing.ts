/** Key of the method by which a client sends a request that somebody else has made, as it is. */
export const passOn: unique symbol = Symbol('pass on');

/** Key of the option that names who takes frames of the event connection before the client does; not for applications. */
export const onFrame = Symbol('on frame');

/** Takes a frame as it came. False leaves it to the client. */
export type TakeFrame = (frame: Buffer) => boolean;
