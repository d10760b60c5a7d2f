import { output } from './command.js';

/** The Debian mirror to install from: the one that this machine's own apt uses, unless told otherwise. */
export async function debianMirror(): Promise<string> {
  const told = process.env['ASTERISK_TESTBED_MIRROR'];
  if (told) return told;
  const format = '$(ORIGIN)|$(COMPONENT)|$(REPO_URI)';
  const targets = await output('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']).catch(() => '');
  for (const target of targets.split('\n')) {
    const [origin, component, uri] = target.split('|');
    // The security archive has the same origin, but not the suites that we need.
    if (origin === 'Debian' && component === 'main' && uri && !/-security\/?$/.test(uri)) return uri;
  }
  throw new Error(
    'apt on this machine knows no Debian mirror. Run apt-get update, set ASTERISK_TESTBED_MIRROR to one, ' +
      'start a Docker engine, or set ARI_URL, ARI_USERNAME and ARI_PASSWORD to an Asterisk that runs.',
  );
}
