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
  'res_pjsip/aor': {
    minimum_expiration: '60',
    default_expiration: '3600',
    qualify_timeout: '3.000000',
    qualify_2xx_only: 'false',
    mailboxes: '',
    support_path: 'false',
    remove_unavailable: 'false',
    voicemail_extension: '',
    max_contacts: '0',
    authenticate_qualify: 'false',
    contact: '',
    maximum_expiration: '7200',
    qualify_frequency: '0',
    remove_existing: 'false',
    outbound_proxy: '',
  },
};
