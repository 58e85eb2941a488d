/** The topics, by what they carry. Counts, retention and compaction stand in `infra/topics.json`. */
export const TOPICS = {
  intake: 'smc.intake',
  commands: 'smc.commands',
  routerState: 'smc.router-state',
  assignments: 'smc.assignments',
  deadLetters: 'smc.intake.dead-letter',
  demarcations: 'smc.demarcations',
  acknowledgements: 'smc.acknowledgements',
  officeIntake: 'smc.office-intake',
  commandAnswers: 'smc.command-answers',
} as const;

/** Same partition count, same key, same partitioner: a router refuses to start where they differ. */
export const CO_PARTITIONED: readonly string[] = [
  TOPICS.intake,
  TOPICS.commands,
  TOPICS.routerState,
  TOPICS.assignments,
  TOPICS.deadLetters,
  TOPICS.officeIntake,
  TOPICS.commandAnswers,
];

/** The key of a task's checkpoint on `smc.router-state`: no client key looks like it. */
export const CHECKPOINT_KEY = '@ckpt';
/** The key of activations on `smc.commands`. */
export const DEMARCATION_KEY = '@demarcation';
