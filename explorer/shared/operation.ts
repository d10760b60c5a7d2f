/** One operation of a branch as a form shows it; made from the generator's model when the package is built. */
export interface OperationForm {
  /** `channels.originate` */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/channels/{channelId}` */
  readonly path: string;
  readonly summary?: string;
  readonly notes?: string;
  readonly params: readonly ParameterForm[];
  /** What a success carries, as TypeScript names it. */
  readonly returns: string;
  readonly errors: readonly { readonly code: number; readonly reason?: string }[];
  /** Releases that brought it, one a branch. */
  readonly since: readonly string[];
  /** Asterisk modules without which it does not exist. */
  readonly modules: readonly string[];
}

/** How a parameter is asked for. */
type Control = 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'json';

export interface ParameterForm {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body';
  /** As it is shown: `string`, `int`, `string[]`. */
  readonly type: string;
  readonly control: Control;
  readonly required: boolean;
  readonly description?: string;
  readonly defaultValue?: string | number | boolean;
  /** Allowed values; of a `choice` there are no others, else they are proposals. */
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** The domain object whose id it is: `Channel`. */
  readonly accepts?: string;
  /** Made where none is given. */
  readonly generated?: true;
}

/** The operations of one branch. */
export interface OperationForms {
  /** The release that they were described from: `22.10.1`. */
  readonly release: string;
  readonly operations: readonly OperationForm[];
}
