/** An iterator over what comes that can be looped over itself: `AsyncIterableIterator`, as TypeScript 5.4 can say it too. */
export interface AsyncReader<Value> extends AsyncIterator<Value, undefined, undefined> {
  [Symbol.asyncIterator](): AsyncReader<Value>;
}
