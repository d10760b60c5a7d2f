/**
 * What became of a request that got no answer: `notSent`, Asterisk has certainly not seen it and it may be repeated;
 * `outcomeUnknown`, Asterisk may or may not have carried it out.
 */
export type Delivery = 'notSent' | 'outcomeUnknown';
