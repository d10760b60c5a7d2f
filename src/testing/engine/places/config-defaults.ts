/**
 * Attributes that a new object of a type has, with their values, and the only ones that it can have. A type that is not
 * here takes any attribute.
 */
export const CONFIG_DEFAULTS = new Map<string, ReadonlyMap<string, string>>(
  Object.entries({
    'res_pjsip/auth': new Map(
      Object.entries({
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
      }),
    ),
    'res_websocket_client/websocket_client': new Map(
      Object.entries({
        reconnect_interval: '500',
        verify_server_cert: 'yes',
        reconnect_attempts: '4',
        username: '',
        ca_list_path: '',
        cert_file: '',
        connection_type: 'per_call_config',
        verify_server_hostname: 'yes',
        connection_timeout: '500',
        uri: '',
        password: '',
        protocols: '',
        tls_enabled: 'no',
        priv_key_file: '',
        ca_list_file: '',
      }),
    ),
    'res_pjsip/aor': new Map(
      Object.entries({
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
      }),
    ),
  }),
);
