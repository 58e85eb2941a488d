import { createBackoff, delay, type Logger, type Random } from '@smc/runtime';
import { DirectoryFault, type PostcodeDirectory, type TableKey } from './postcode-directory.ts';
import type { PostcodeTable } from './postcode-table.ts';

/** After so many tries the directory is left as it is: the next process that starts tries again. */
const MEND_TRIES_MAX = 5;
const MEND_PAUSE = { firstMs: 500, maxMs: 30_000 };

/** The table from the directory, if it is there whole and right; never an error. */
export async function readDirectory(
  { directory, logger }: { readonly directory: PostcodeDirectory; readonly logger: Logger },
  key: TableKey,
): Promise<PostcodeTable | undefined> {
  try {
    const table = await directory.read(key);
    if (typeof table !== 'string') return table;
    const facts = {
      event: 'postcode-directory.not-used',
      contentHash: key.contentHash,
      why: table,
    };
    logger.info(facts, 'the postcode table is taken from the log');
  } catch (error) {
    if (!(error instanceof DirectoryFault)) throw error;
    const facts = {
      event: 'postcode-directory.not-used',
      contentHash: key.contentHash,
      why: error.code,
    };
    logger.warn(facts, 'the postcode table is taken from the log');
  }
  return undefined;
}

/** Puts the right table in the directory: a few tries, then a warning; never an error. */
export async function mendDirectory(
  by: {
    readonly directory: PostcodeDirectory;
    readonly logger: Logger;
    readonly random: Random;
    readonly signal: AbortSignal;
  },
  key: TableKey,
  table: PostcodeTable,
): Promise<void> {
  const { directory, logger, random, signal } = by;
  const pause = createBackoff(MEND_PAUSE, random);
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      await directory.load(key, table);
      const facts = { event: 'postcode-directory.mended', contentHash: key.contentHash };
      logger.info(facts, `${table.length} postcodes stand in Redis`);
      return;
    } catch (error) {
      if (!(error instanceof DirectoryFault)) throw error;
      if (tries < MEND_TRIES_MAX && error.retriable) {
        await delay(pause.nextMs(), signal);
        continue;
      }
      const facts = { event: 'postcode-directory.not-mended', tries, code: error.code };
      logger.warn(facts, 'Redis does not hold the postcode table');
      return;
    }
  }
}
