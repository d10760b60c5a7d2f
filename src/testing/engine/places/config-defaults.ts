/**
 * Attributes that a new object of a type has, with their values, and the only ones that it can have. A type that is not
 * here takes any attribute.
 */
export const CONFIG_DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'res_pjsip/auth': {
    oauth_secret: '',
    password_digest: '',
    supported_algorithms_uas: 'MD5',
    refresh_token: '',
    username: '',
    md5_cred: '',
    realm: '',
    auth_type: 'userpass',
    password: '',
    supported_algorithms_uac: 'MD5',
    nonce_lifetime: '32',
    oauth_clientid: '',
  },
};
