/**
 * What generated schemas are made of. It loads zod, and is loaded itself only where somebody asks for schemas: by
 * `validation: 'full'`, or by importing them.
 */
export {
  anything,
  date,
  either,
  event,
  exactly,
  flag,
  later,
  list,
  map,
  model,
  nullable,
  number,
  open,
  optional,
  text,
  whole,
  type Part,
  type Schema,
} from './validation/kit.js';
