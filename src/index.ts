/** The bindings of the newest LTS release of Asterisk, 22, and all that belongs to them. */
export * from '../generated/v22/index.js';
