/** A user as ari.conf has it. */
export interface User {
  readonly password: string;
  /** May do only GET and OPTIONS; without it everything. */
  readonly readOnly?: boolean;
}

/** What a request shows to prove who it is from. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** The first `api_key` among its parameters. */
  readonly apiKey: string | undefined;
}

/** The user that credentials prove. A Basic header counts before the key; a header of another kind is as none. */
export function authenticate(users: Readonly<Record<string, User>>, credentials: Credentials): User | undefined {
  const proof = basic(credentials.authorization) ?? credentials.apiKey;
  const colon = proof?.indexOf(':') ?? -1;
  if (proof === undefined || colon < 0) return undefined;
  const name = proof.slice(0, colon);
  const user = Object.hasOwn(users, name) ? users[name] : undefined;
  return user?.password === proof.slice(colon + 1) ? user : undefined;
}

function basic(header: string | undefined): string | undefined {
  if (!header?.startsWith('Basic ')) return undefined;
  return Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');
}
