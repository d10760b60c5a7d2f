/**
 * How often one looks at requests without an answer, in milliseconds. One that is there at two looks is slow: Asterisk
 * answers most within a few milliseconds, and what it is stuck with keeps others waiting.
 */
export const patienceMs = 200;
