/** As much of an event as a relay looks at. */
export interface StasisEvent {
  readonly type?: unknown;
  readonly application: string;
  readonly channel?: { readonly id?: unknown };
}
