/** How long the other end may take to agree that a connection is closed, in milliseconds; then it is cut. */
export const closingMs = 1_000;
