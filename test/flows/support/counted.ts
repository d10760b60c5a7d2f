import type { Subscription } from 'asterisk-ari';

/** An object of the client, and how many listeners there are through it and through what it has handed out. */
export type Counted<T extends object> = T & { readonly listeners: number };

interface Tally {
  listeners: number;
}

/** What hands out objects: repositories, requests and handles. */
const repositories = ['bridges', 'channels', 'playbacks', 'recordings'];
const makers = [
  'play',
  'record',
  'handle',
  'liveRecordingHandle',
  'storedRecordingHandle',
  'create',
  'createWithId',
  'originateWithId',
  'snoopChannelWithId',
  'get',
];

const tallies = new WeakMap<object, Tally>();

/** @param other an object that is counted already: what there is through both is counted together */
export function counted<T extends object>(object: T, other?: object): Counted<T> {
  return count(object, (other && tallies.get(other)) ?? { listeners: 0 });
}

function count<T extends object>(object: T, tally: Tally): Counted<T> {
  const proxy = new Proxy(object, {
    get(target, name) {
      if (name === 'listeners') {
        return tally.listeners;
      }
      const value: unknown = Reflect.get(target, name, target);
      if (repositories.includes(String(name)) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return count(value, tally);
      }
      return typeof value === 'function'
        ? (...args: unknown[]): unknown => watched(name, Reflect.apply(value, target, args), tally)
        : value;
    },
  }) as Counted<T>;
  tallies.set(proxy, tally);
  return proxy;
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
  if (makers.includes(String(name)) && typeof result === 'object' && result !== null) {
    return result instanceof Promise
      ? result.then((made: unknown) => (typeof made === 'object' && made !== null ? count(made, tally) : made))
      : count(result, tally);
  }
  return result;
}
