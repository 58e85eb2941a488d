/** A value was written with a schema that this process has not fetched from the registry yet. */
export class SchemaUnlearned extends Error {
  override readonly name = 'SchemaUnlearned';
  readonly schemaId: number;

  constructor(schemaId: number) {
    super(`schema ${schemaId} has not been learned yet`);
    this.schemaId = schemaId;
  }
}
