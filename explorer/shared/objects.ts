/** What there is in Asterisk at one moment, as it says it itself. */
export interface ObjectsNow {
  readonly channels: readonly Data[];
  readonly bridges: readonly Data[];
  readonly applications: readonly Data[];
  readonly endpoints: readonly Data[];
  readonly storedRecordings: readonly Data[];
  /** Asterisk has no list of these: those that events told of. */
  readonly playbacks: readonly Data[];
  readonly liveRecordings: readonly Data[];
  /** Lists that Asterisk would not give, with the reasons. */
  readonly refused: Readonly<Record<string, string>>;
}

/** An object's data, with the fields that ARI gives it. */
export type Data = Readonly<Record<string, unknown>>;
