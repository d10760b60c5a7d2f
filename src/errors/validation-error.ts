import { AriError, nameError } from './ari-error.js';

/** An argument that Asterisk would refuse, ignore or misread; nothing was sent. The message names it and what is allowed. */
export class AriValidationError extends AriError {
  static {
    nameError(this, 'AriValidationError');
  }

  /** The parameter or option at fault, where there is one. */
  readonly parameter: string | undefined;

  constructor(message: string, parameter?: string, options?: ErrorOptions) {
    super(message, options);
    this.parameter = parameter;
  }
}
