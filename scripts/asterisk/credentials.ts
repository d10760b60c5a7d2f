export interface Credentials {
  username: string;
  password: string;
}

/** The users in config/ari.conf. */
export const USERS = {
  full: { username: 'ari', password: 'ari-secret' },
  readOnly: { username: 'reader', password: 'reader-secret' },
} satisfies Record<string, Credentials>;
