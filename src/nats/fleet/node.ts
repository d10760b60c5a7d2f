/** One Asterisk of the fleet. */
export interface FleetNode<C> {
  /** `system.entity_id` of the Asterisk. */
  readonly id: string;
  /** Its client: repositories, domain objects, events of what this worker has. It is open as long as the fleet has the node. */
  readonly client: C;
  /** Applications that its relay serves. */
  readonly apps: readonly string[];
  /** Release of its Asterisk, once its relay has told. */
  readonly release: string | undefined;
  /** Whether its relay is there, and connected to Asterisk. */
  readonly isUp: boolean;
}
