import { connect } from 'asterisk-ari';
import { runScenarios } from '../conformance/run.js';
const transport = process.env['T'] as 'http';
const url = process.env['U']!;
runScenarios(`Asterisk 22 ${transport}`, 22, () => ({ url, username: 'ari', password: 'ari-secret', readOnly: { username: 'reader', password: 'reader-secret' }, major: 22 }), (options) => connect({ transport, ...options }));
