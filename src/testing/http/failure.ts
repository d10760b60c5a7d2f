/** An answer other than success, as Asterisk words it. */
export class AriFailure extends Error {
  readonly status: number;
  /** Words of the status line where they are not the usual ones of the status. */
  readonly reason: string | undefined;

  constructor(status: number, message: string, reason?: string) {
    super(message);
    this.name = 'AriFailure';
    this.status = status;
    this.reason = reason;
  }
}

/** Asterisk's answer when something could not be made; it does not say what. */
export class AllocationFailure extends AriFailure {
  constructor() {
    super(500, 'Allocation failed');
    this.name = 'AllocationFailure';
  }
}
