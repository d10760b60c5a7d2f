/**
 * What is made of digits while they come: `incomplete`, more must come; `acceptable`, they will do unless more come;
 * `complete`, they will do at once; `invalid`, they never will.
 */
export type Match = 'incomplete' | 'acceptable' | 'complete' | 'invalid';

/** Judges digits, at once. */
export type Matcher = (digits: string) => Match;

/** The digits that are wanted, as a list, or as a function that judges. */
export type Wanted = readonly string[] | Matcher;

/**
 * Of values of which one may begin with another, the shorter one is taken once no more digits come. What can be none of
 * them is invalid as soon as it is as long as the shortest: who keys a wrong number has not done yet, and need not learn
 * which of its digits was wrong.
 */
export function matchValues(values: readonly string[]): Matcher {
  const shortest = Math.min(...values.map(({ length }) => length));
  return (digits) => {
    const isPart = values.some((value) => value !== digits && value.startsWith(digits));
    if (values.includes(digits)) {
      return isPart ? 'acceptable' : 'complete';
    }
    return isPart || digits.length < shortest ? 'incomplete' : 'invalid';
  };
}
