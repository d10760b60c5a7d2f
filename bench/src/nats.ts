/** Relays and fleets as they are built: what `npm run build` left in the project's `dist`. */
export * from '../../dist/src/nats/index.js';
