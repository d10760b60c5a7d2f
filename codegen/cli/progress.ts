import type { Progress } from '../load/types.js';
import type { Io } from './types.js';

/** One line that says how far it is, for a person at a terminal; wiped when it is over. */
export function progressLine({ error }: Io): Progress {
  return ({ file, done, total }) => {
    const over = total !== undefined && done >= total;
    error(over ? '\r\x1b[K' : `\r\x1b[K${total === undefined ? '' : `${done}/${total} `}${file} …`);
  };
}
