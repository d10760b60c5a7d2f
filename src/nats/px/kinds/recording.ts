import { flag, seconds, text, type PxField } from '../fields.js';

/** How channels and bridges are recorded. */
export const recording: Readonly<Record<string, PxField>> = {
  name: text('name'),
  'options.Format': text('format', 'Format is mandatory'),
  'options.MaxDuration': seconds('maxDurationSeconds'),
  'options.MaxSilence': seconds('maxSilenceSeconds'),
  'options.Exists': text('ifExists'),
  'options.Beep': flag('beep'),
  'options.Terminate': text('terminateOn'),
};
