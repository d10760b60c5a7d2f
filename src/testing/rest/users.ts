/** A user as ari.conf has it. */
export interface User {
  readonly password: string;
  /** May do only GET and OPTIONS; without it everything. */
  readonly readOnly?: boolean;
}

/** What a request shows to prove who it is from. */
export interface Credentials {
  /** Every header of that name. */
  readonly authorization: readonly string[];
  /** The first `api_key` among its parameters. */
  readonly apiKey: string | undefined;
}

/** The user that credentials prove. The first Basic header counts before the key; one of another kind is as none. */
export function authenticate(users: Readonly<Record<string, User>>, credentials: Credentials): User | undefined {
  const proof = basic(credentials.authorization) ?? credentials.apiKey;
  const colon = proof?.indexOf(':') ?? -1;
  if (proof === undefined || colon < 0) return undefined;
  const name = proof.slice(0, colon);
  const user = Object.hasOwn(users, name) ? users[name] : undefined;
  return user?.password === proof.slice(colon + 1) ? user : undefined;
}

/** Asterisk wants the scheme written just so, and one blank after it. */
function basic(headers: readonly string[]): string | undefined {
  const header = headers.find((one) => one.startsWith('Basic '));
  if (header === undefined) return undefined;
  const proof = header.slice('Basic '.length);
  return proof.startsWith(' ') ? '' : Buffer.from(proof, 'base64').toString('utf8');
}
