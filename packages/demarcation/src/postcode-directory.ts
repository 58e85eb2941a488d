import type { ContentHash, Postcode } from '@smc/domain';
import type { Area } from '@smc/decision';
import type { PostcodeTable } from './postcode-table.ts';

/** Which table: that of this version, which has this hash. */
export type TableKey = {
  readonly contentHash: ContentHash;
  /** Of the table's parts, as the manifest names them: what is read is compared with it. */
  readonly tableHash: string;
};

/**
 * The postcode tables of the versions, shared by all processes. It holds what can be rebuilt from
 * the log and nothing else. Whatever it answers has been compared with the manifest's hash; a
 * single look-up has not, and is for tools that inform a person, never for a decision.
 *
 * Every method throws a DirectoryFault when the directory can't be asked.
 */
export type PostcodeDirectory = {
  /** Puts a whole table in place at once: readers see the table before it or all of it. */
  load(key: TableKey, table: PostcodeTable): Promise<void>;
  /** The whole table; `damaged` when what is there is not what the manifest says. */
  read(key: TableKey): Promise<PostcodeTable | 'absent' | 'damaged'>;
  /** "Who is 3511AB?" */
  lookUp(contentHash: ContentHash, postcode: Postcode): Promise<Area | undefined>;
  close(): Promise<void>;
};

export type DirectoryFaultCode =
  /** It can't be reached, or did not answer in time. */
  | 'UNAVAILABLE'
  /** It answered that it will not: no right, no memory, read-only. */
  | 'REFUSED';

export class DirectoryFault extends Error {
  override readonly name = 'DirectoryFault';
  readonly code: DirectoryFaultCode;
  readonly retriable: boolean;

  constructor(code: DirectoryFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retriable = code === 'UNAVAILABLE';
  }
}
