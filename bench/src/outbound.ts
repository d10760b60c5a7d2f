/** The server that Asterisk connects to as it is built: what `npm run build` left in the project's `dist`. */
export * from '../../dist/src/outbound/index.js';
