import type { Subscription } from 'asterisk-ari';

/** An object of the client, and how many listeners there are through it and through what it has handed out. */
export type Counted<T extends object> = T & { readonly listeners: number };

interface Tally {
  listeners: number;
}

export function counted<T extends object>(object: T): Counted<T> {
  return count(object, { listeners: 0 });
}

function count<T extends object>(object: T, tally: Tally): Counted<T> {
  return new Proxy(object, {
    get(target, name) {
      if (name === 'listeners') {
        return tally.listeners;
      }
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'channels' || name === 'bridges') {
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? count(value, tally) : value;
      }
      return typeof value === 'function'
        ? (...args: unknown[]): unknown => watched(name, Reflect.apply(value, target, args), tally)
        : value;
    },
  }) as Counted<T>;
}

function watched(name: string | symbol, result: unknown, tally: Tally): unknown {
  if (name === 'on') {
    tally.listeners += 1;
    const subscription = result as Subscription;
    let isOpen = true;
    return {
      close(): void {
        tally.listeners -= isOpen ? 1 : 0;
        isOpen = false;
        subscription.close();
      },
    };
  }
  if (name === 'waitFor') {
    tally.listeners += 1;
    const end = (): void => void (tally.listeners -= 1);
    (result as Promise<unknown>).then(end, end);
    return result;
  }
  if (name === 'play' || name === 'record') {
    return (result as Promise<object>).then((made) => count(made, tally));
  }
  if (name === 'handle') {
    return count(result as object, tally);
  }
  return result;
}
