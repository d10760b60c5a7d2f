import { connect } from 'asterisk-ari';
import { runScenarios } from '../conformance/run.js';
import { realAsterisk, serverOf } from './real.js';

const asterisk = realAsterisk('22');

runScenarios('Asterisk 22', 22, () => serverOf(asterisk()), connect);
