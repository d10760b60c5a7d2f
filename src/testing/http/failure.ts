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

/** The answer to what ends the whole of Asterisk: the double refuses it, and says so. */
export class FatalRequest extends AriFailure {
  static readonly reason = 'Fatal To Asterisk';

  constructor(what: string) {
    super(500, `Asterisk would end at this request: ${what}`, FatalRequest.reason);
    this.name = 'FatalRequest';
  }
}
