/** The record of what went between application and Asterisk: its entries, as the page and the program both read them. */
export type { TraceEntry as Entry } from 'asterisk-ari/trace';
