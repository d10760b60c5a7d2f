/** The double as it is built: what `npm run build` left in the project's `dist`. */
export * from '../../dist/src/testing/index.js';
