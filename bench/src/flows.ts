/** The steps of a call as they are built: what `npm run build` left in the project's `dist`. */
export * from '../../dist/src/flows/index.js';
