/** An Asterisk for tests: `startAsterisk()` and what comes with it. */
export { startAsterisk } from './start.js';
export type { CallRequest, TestAsterisk } from './control/test-asterisk.js';
export type { TestAsteriskOptions } from './options.js';
export type { Fault, FaultPlan, Faults } from './control/faults.js';
export type { Happening, Journal, RecordedEvent, RecordedRequest } from './control/journal.js';
export type { Phone, PhoneManner, PhoneState, ReceivedMessage } from './control/phone.js';
export type { RequestMatch } from './control/request-match.js';
export type { WaitOptions } from './control/waiters.js';
export type { TestClock } from './control/test-clock.js';
export type { ContextData, DialplanData, DialplanStep } from './engine/dialplan/data.js';
export type { EndpointData, EndpointState } from './engine/places/endpoints.js';
export type { SoundData, SoundDetails, SoundFormat } from './engine/places/sounds.js';
export type { EventBody } from './engine/events.js';
export type { OutboundWebSocket } from './websocket/outbound-options.js';
export type { User } from './rest/users.js';
