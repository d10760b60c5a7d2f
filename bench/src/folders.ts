import { fileURLToPath } from 'node:url';

/** The project. */
export const project = fileURLToPath(new URL('../..', import.meta.url));

/** This folder's own dependencies are here. */
export const bench = fileURLToPath(new URL('..', import.meta.url));
