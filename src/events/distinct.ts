/** Events that are about their application: of two applications, they are two events. */
const ofTheirApplication: ReadonlySet<unknown> = new Set([
  'ApplicationRegistered',
  'ApplicationUnregistered',
  'ApplicationReplaced',
  'ApplicationMoveFailed',
  'CallBroadcast',
  'CallClaimed',
  'StasisStart',
  'StasisEnd',
]);

/** So long the copies of an event are told from new events, in milliseconds: they come within one. */
const rememberedMs = 10_000;

/** So many events are remembered at most. */
const maxRemembered = 10_000;

/** How often an event has come, in all and for each application. */
interface Count {
  readonly at: number;
  happenings: number;
  readonly byApplication: Map<unknown, number>;
}

/**
 * Tells what happens from copies of it: Asterisk sends an event to every application that it concerns, the same but for
 * its application. Events that are alike otherwise, too, are counted: the second that an application gets is another one.
 */
export class Distinct {
  readonly #counts = new Map<string, Count>();

  /** Whether the event tells something that no other has told. */
  isNew(event: { readonly type?: unknown; readonly application?: unknown }): boolean {
    const { application, ...told } = event;
    if (ofTheirApplication.has(told.type)) {
      return true;
    }
    const count = this.#countOf(JSON.stringify(told));
    const copies = (count.byApplication.get(application) ?? 0) + 1;
    count.byApplication.set(application, copies);
    if (copies <= count.happenings) {
      return false;
    }
    count.happenings = copies;
    return true;
  }

  #countOf(key: string): Count {
    const now = performance.now();
    this.#forget(now);
    let count = this.#counts.get(key);
    if (count === undefined) {
      count = { at: now, happenings: 0, byApplication: new Map() };
      this.#counts.set(key, count);
    }
    return count;
  }

  #forget(now: number): void {
    for (const [key, { at }] of this.#counts) {
      if (now - at < rememberedMs && this.#counts.size < maxRemembered) {
        return;
      }
      this.#counts.delete(key);
    }
  }
}
