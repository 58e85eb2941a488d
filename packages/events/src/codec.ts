/**
 * Values on the wire: Confluent framing (a zero byte, the schema's id in four bytes) around Avro.
 * A codec knows the schemas of its service, resolved once at start; it encodes with them and reads
 * whatever older or newer version another service wrote.
 */
import type {
  Acknowledgement,
  AssignmentEvent,
  Checkpoint,
  ClientState,
  CommandAnswered,
  DeadLetter,
  DeadLetterCode,
  DemarcationActivated,
  IntakeEvent,
  OfficeEvent,
  OfficeLoad,
  Result,
  TeamChosen,
} from '@smc/domain';

/** A slice of a demarcation version: canonical JSON whose hash the manifest names. */
export type DemarcationPart = {
  readonly type: 'DemarcationPart';
  readonly version: string;
  readonly name: string;
  readonly sha256: string;
  readonly body: Uint8Array;
};

/** Written last: a version exists when its manifest does and every part has the hash named here. */
export type DemarcationManifest = {
  readonly type: 'DemarcationManifest';
  readonly version: string;
  readonly contentHash: string;
  readonly effectiveFrom: string;
  readonly decisionReference: string;
  readonly publishedAtMs: number;
  readonly publishedBy: string;
  readonly parts: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
  }[];
};
export const DEMARCATION_PARTS_MAX = 1024;

/** The state of a client as it stands on `smc.router-state`. */
export type ClientStateRecord = ClientState & { readonly type: 'ClientState' };

/** The counters of an office as they stand on `smc.router-state`. */
export type OfficeLoadRecord = OfficeLoad & { readonly type: 'OfficeLoad' };

export type WireEvent =
  | IntakeEvent
  | AssignmentEvent
  | OfficeEvent
  | OfficeLoadRecord
  | TeamChosen
  | CommandAnswered
  | Acknowledgement
  | DemarcationActivated
  | DemarcationPart
  | DemarcationManifest
  | DeadLetter
  | Checkpoint
  | ClientStateRecord;

export type WireType = WireEvent['type'];
export type WireEventOf<T extends WireType> = Extract<WireEvent, { readonly type: T }>;

/** What is wrong with the bytes; becomes a dead letter where the record was to be routed. */
export type Flaw = { readonly code: DeadLetterCode; readonly reason: string };

export type Decoded<T extends WireType> =
  | Result<WireEventOf<T>, Flaw>
  /** Written with a schema this process has not met: `learn` it and decode again. */
  | { readonly ok: 'unlearned'; readonly schemaId: number };

export type Codec = {
  /** Framed bytes. */
  encode(event: WireEvent): Buffer;
  /** The same bytes as `encode` gives for the state with its type, without a copy of the state. */
  encodeState(state: ClientState): Buffer;
  /** Reads a framed value of one of the expected types; every limit is checked before unpacking. */
  decode<T extends WireType>(bytes: Buffer | undefined, expected: readonly T[]): Decoded<T>;
  /**
   * Fetches a writer's schema. `unknown`: the registry answered that it does not exist. Throws a
   * retriable RegistryFault when the registry can't be asked.
   */
  learn(schemaId: number): Promise<'learned' | 'unknown'>;
  /** Where the schema that `encode` writes this type with can be looked up: `ce_dataschema`. */
  schemaUrl(type: WireType): string;
};
