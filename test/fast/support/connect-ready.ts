import { connect, type AriClient, type ConnectOptions, type Logger } from 'asterisk-ari';

/** A client whose event connection is open and found fit for requests; or only open, if it is not to wait for that. */
export async function connectReady(url: string, options: ConnectOptions, waits = true): Promise<AriClient> {
  let onReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined } satisfies Partial<Logger>;
  const debug = (text: string): void => (text.startsWith('requests go over') ? onReady() : undefined);
  const client = await connect(url, 'ari', 'secret', { logger: { ...logger, debug }, ...options });
  await client.start('hello');
  if (waits) {
    await ready;
  }
  return client;
}
