import type { ContextData, DialplanData } from './data.js';

const EXTENSIONS: ContextData = {
  hello: ['Answer', 'Playback(hello-world)', 'Hangup'],
  echo: ['Answer', 'Echo'],
  wait: ['Answer', 'Wait(600)'],
  ring: ['Ringing', 'Wait(600)'],
  busy: ['Busy'],
  congestion: ['Congestion'],
  dtmf: ['Answer', 'Wait(1)', 'SendDTMF(1234#)', 'Wait(600)'],
  talk: ['Answer', 'again: Playback(demo-congrats)', 'Goto(again)'],
  continue: ['NoOp(continued to ${CONTEXT},${EXTEN},${PRIORITY})', 'label: Wait(600)'],
  stasis: ['Stasis(hello)', 'NoOp(STASISSTATUS ${STASISSTATUS})', 'Hangup'],
  '_stasis-.': ['Stasis(${EXTEN:7})', 'NoOp(STASISSTATUS ${STASISSTATUS})', 'Hangup'],
  broadcast: ['StasisBroadcast(5000,,a:b,yes)', 'NoOp(STASISSTATUS ${STASISSTATUS})', 'Hangup'],
};

/** The dialplan that an Asterisk for tests has: the same extensions in two contexts. */
export const DEFAULT_DIALPLAN: DialplanData = { default: EXTENSIONS, testbed: EXTENSIONS };
