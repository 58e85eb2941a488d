import type {
  AssignmentEvent,
  ClientState,
  DeadLetterCode,
  IntakeEvent,
  Result,
  SourcePosition,
} from '@smc/domain';
import type { Rulebook } from './demarcation.ts';

/** What came of one event: what the divisions are told, and what the router knows afterwards. */
export type Decision = {
  readonly events: readonly AssignmentEvent[];
  /** The same object as before when nothing changed. */
  readonly state: ClientState | undefined;
};

/** A valid record that makes no sense for this client: it becomes a dead letter. */
export type DecisionRefusal = { readonly code: DeadLetterCode; readonly reason: string };

export type Decide = (
  input: { readonly event: IntakeEvent; readonly source: SourcePosition },
  state: ClientState | undefined,
  rulebook: Rulebook,
) => Result<Decision, DecisionRefusal>;
