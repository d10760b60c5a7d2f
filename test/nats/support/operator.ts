import { nkeys } from '@nats-io/transport-node';

type KeyPair = ReturnType<typeof nkeys.createUser>;

/** Amounts without a limit, as NATS writes them. */
const unlimited = { subs: -1, data: -1, payload: -1 };
const text = new TextDecoder();

/** An operator of NATS with one account: whom it trusts is told by signed tokens instead of passwords. */
export class Operator {
  readonly #keys = nkeys.createOperator();
  readonly #account = nkeys.createAccount();

  /** What the configuration of a server must say. */
  get config(): string {
    const limits = { ...unlimited, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
    const operator = token(this.#keys, this.#keys, { type: 'operator' });
    const account = token(this.#keys, this.#account, { type: 'account', limits });
    return `operator: ${operator}\nresolver: MEMORY\nresolver_preload: { ${this.#account.getPublicKey()}: ${account} }`;
  }

  /** A file of credentials of a new user: its token and its secret key. @param seconds after which they are worth nothing */
  credentials(seconds?: number): string {
    const user = nkeys.createUser();
    const jwt = token(this.#account, user, { type: 'user', ...unlimited, pub: {}, sub: {} }, seconds);
    return `-----BEGIN NATS USER JWT-----
${jwt}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${text.decode(user.getSeed())}
------END USER NKEY SEED------
`;
  }
}

/** A claim about the holder of a key, signed by who says so. */
function token(issuer: KeyPair, subject: KeyPair, nats: object, seconds?: number): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    jti: subject.getPublicKey(),
    iat: now,
    ...(seconds !== undefined && { exp: now + seconds }),
    iss: issuer.getPublicKey(),
    name: 'test',
    sub: subject.getPublicKey(),
    nats: { ...nats, version: 2 },
  };
  const parts = [{ typ: 'JWT', alg: 'ed25519-nkey' }, claims].map((part) => base64url(JSON.stringify(part)));
  const signed = parts.join('.');
  return `${signed}.${base64url(issuer.sign(Buffer.from(signed)))}`;
}

function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
