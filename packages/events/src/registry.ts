/** What this system asks of a schema registry, and how a registry fails. */
export type Compatibility = 'FULL_TRANSITIVE' | 'BACKWARD_TRANSITIVE';

/**
 * Every call ends within the deadline its adapter was given, or throws a RegistryFault. Only
 * `register` writes, and only the deployment calls it: a service never registers a schema.
 */
export type SchemaRegistryPort = {
  /** The address at which anyone can read the schema with this id: `ce_dataschema`. */
  schemaUrl(id: number): string;
  /** The schema with this id; undefined when the registry answers that there is none. */
  schemaById(id: number): Promise<string | undefined>;
  /** The id under which exactly this schema stands in the subject; undefined when it does not. */
  idOf(subject: string, schemaText: string): Promise<number | undefined>;
  /** The id of the newest version of the subject; undefined when there is no such subject. */
  latestId(subject: string): Promise<number | undefined>;
  /**
   * Adds a version under the subject's level of compatibility and gives its id; a repeat gives the
   * same id. Fault INCOMPATIBLE when the level forbids it or the subject has another level.
   */
  register(subject: string, schemaText: string, level: Compatibility): Promise<number>;
};

export type RegistryFaultCode =
  /** No answer, an answer too late, or one that says "not now". */
  | 'UNREACHABLE'
  /** Something answers, but it is no schema registry. */
  | 'WRONG_ADDRESS'
  /** The registry refuses a schema that older or newer readers could not read. */
  | 'INCOMPATIBLE';

/** The registry failed. Never the fault of a record: a record waits until it can be judged. */
export class RegistryFault extends Error {
  override readonly name = 'RegistryFault';
  readonly code: RegistryFaultCode;
  readonly retriable: boolean;

  constructor(code: RegistryFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retriable = code === 'UNREACHABLE';
  }
}

export type UnregisteredSchema = {
  readonly subject: string;
  /** `missing`: no version at all; `other`: versions, but not the one this program was built with. */
  readonly state: 'missing' | 'other';
};

/** A service may not start: the schemas it writes and reads with are not all registered. */
export class SchemaNotRegisteredError extends Error {
  override readonly name = 'SchemaNotRegisteredError';
  readonly code = 'SCHEMA_NOT_REGISTERED';
  readonly retriable = false;
  readonly subjects: readonly UnregisteredSchema[];

  constructor(subjects: readonly UnregisteredSchema[]) {
    const missing = subjects.map(({ subject, state }) =>
      state === 'missing' ? subject : `${subject} (only another version of it is)`,
    );
    super(
      `not registered: ${missing.join(', ')}. The deployment registers schemas before it starts ` +
        'a service; on a local stack `smc stack up` does.',
    );
    this.subjects = subjects;
  }
}
