import type { Bridge } from '../../engine/bridges/bridge.js';
import { AriFailure } from '../../http/failure.js';
import type { OperationCall } from '../handler.js';

/** The bridge of a request. */
export function requireBridge({ engine, params }: OperationCall, message = 'Bridge not found'): Bridge {
  const bridge = engine.bridges.find(params.text('bridgeId'));
  if (!bridge) throw new AriFailure(404, message);
  return bridge;
}
