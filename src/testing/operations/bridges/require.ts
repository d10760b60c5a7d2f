import type { Bridge } from '../../engine/bridges/bridge.js';
import { AriFailure } from '../../http/failure.js';
import type { OperationCall } from '../handler.js';

/** The bridge of a request. */
export function requireBridge({ engine, params }: OperationCall, reason = 'Not found'): Bridge {
  const bridge = engine.bridges.find(params.text('bridgeId'));
  if (!bridge) throw new AriFailure(404, 'Bridge not found', reason);
  return bridge;
}

/** The same for the operations that came later, and have words of their own. */
export function requireProvidedBridge({ engine, params }: OperationCall): Bridge {
  const bridge = engine.bridges.find(params.text('bridgeId'));
  if (!bridge) throw new AriFailure(404, 'Provided bridge was not found', 'Bridge Not Found');
  return bridge;
}
