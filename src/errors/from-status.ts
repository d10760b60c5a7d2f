import { BadRequestError } from './bad-request-error.js';
import { ConflictError } from './conflict-error.js';
import { ForbiddenError } from './forbidden-error.js';
import { AriHttpError, type HttpFailure } from './http-error.js';
import { NotFoundError } from './not-found-error.js';
import { PreconditionFailedError } from './precondition-failed-error.js';
import { ServerError } from './server-error.js';
import { UnauthorizedError } from './unauthorized-error.js';
import { UnprocessableEntityError } from './unprocessable-entity-error.js';

const classes = new Map<number, typeof AriHttpError>([
  [400, BadRequestError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, NotFoundError],
  [409, ConflictError],
  [412, PreconditionFailedError],
  [422, UnprocessableEntityError],
]);

/** The error for a status: its own class where it has one, {@link ServerError} from 500 on. */
export function errorFromStatus(failure: HttpFailure, message?: string): AriHttpError {
  const errorClass = classes.get(failure.status) ?? (failure.status >= 500 ? ServerError : AriHttpError);
  return new errorClass(failure, message);
}
