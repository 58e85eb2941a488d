import type { Command } from 'commander';
import { userInfo } from 'node:os';
import { TOPICS } from '@smc/domain';
import {
  assembleDemarcation,
  formatProblem,
  publishDemarcation,
  readDemarcation,
} from '@smc/demarcation';
import { systemClock } from '@smc/runtime';
import { command, connected, group, outputOf } from '../command.ts';
import type { Connections } from '../connect.ts';
import { readVersions } from '../demarcations.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { table } from '../output.ts';
import { demarcationDiffCommand } from './demarcation-diff.ts';
import { demarcationJournalCommand } from './demarcation-journal.ts';
import { demarcationMapCommand } from './demarcation-map.ts';
import { demarcationRollOutCommand } from './demarcation-roll-out.ts';
import { demarcationShowCommand } from './demarcation-show.ts';
import { demarcationValidateCommand } from './demarcation-validate.ts';

type Options = { readonly json?: boolean };

export function demarcationCommand(): Command {
  const publish = command(
    'publish',
    'checks a demarcation folder, publishes it and activates it in every partition; repeating it changes nothing',
    'demarcation publish packages/example/demarcation/2026-01',
  )
    .argument('<folder>')
    .action(async (folder: string, options: Options) => {
      const output = outputOf(options);
      const publication = await connected((it) => publishFolder(it, folder, output.talk));
      output.data(publication, () => [
        `demarcation ${publication.version}`,
        `content     ${publication.contentHash}`,
        publication.published ? 'published now' : 'was published already',
        `activated   in partitions ${publication.activatedPartitions.join(', ') || '(already in all)'}`,
      ]);
    });
  const list = command(
    'list',
    'the published versions, and whether each is whole',
    'demarcation list',
  ).action(async (options: Options) => {
    const versions = await connected(listVersions);
    outputOf(options).data(versions, () =>
      table(
        ['version', 'from', 'decision', 'published', 'whole', 'content'],
        versions.map((v) => [
          v.version,
          v.effectiveFrom,
          v.decisionReference,
          v.publishedAt,
          v.whole,
          v.contentHash.slice(0, 12),
        ]),
      ),
    );
  });
  return group('demarcation', 'who belongs where, by version', [
    publish,
    list,
    demarcationValidateCommand(),
    demarcationJournalCommand(),
    demarcationShowCommand(),
    demarcationDiffCommand(),
    demarcationMapCommand(),
    demarcationRollOutCommand(),
  ]);
}

/** Publishes a folder, with its warnings; ends the command when it is no valid demarcation. */
export async function publishFolder(
  connections: Pick<Connections, 'log' | 'codec'>,
  folder: string,
  talk: (line: string) => void = () => undefined,
) {
  const document = await readDemarcation(folder);
  for (const warning of document.warnings) talk(`warning: ${formatProblem(warning)}`);
  if (!document.ok) {
    const problems = document.refusal.map((problem) => formatProblem(problem));
    throw new CommandEnd(
      EXIT.usage,
      [...problems, `${problems.length} problems: not published.`].join('\n'),
    );
  }
  const [log, codec] = [await connections.log(), await connections.codec()];
  const counts = await log.partitionCounts([TOPICS.commands]);
  const [publisher, reader] = [await log.openPublisher(), await log.openReader()];
  try {
    const result = await publishDemarcation({
      publisher,
      reader,
      codec,
      document: document.value,
      activatedBy: `local:${userInfo().username}`,
      clock: systemClock,
      commandPartitions: counts.get(TOPICS.commands) ?? 0,
    });
    if (result.ok) return result.value;
    const { version } = document.value.organisation;
    throw new CommandEnd(
      EXIT.no,
      `Version ${version} was published before with other content (${result.refusal.contentHash.slice(0, 12)}): give this one another name.`,
    );
  } finally {
    await Promise.all([publisher.close(), reader.close()]);
  }
}

async function listVersions(connections: Connections) {
  const versions = await readVersions(await connections.log(), await connections.codec());
  return [...versions.values()].map(({ manifest, parts }) => {
    const assembled = assembleDemarcation(manifest, parts);
    return {
      version: manifest.version,
      effectiveFrom: manifest.effectiveFrom,
      decisionReference: manifest.decisionReference,
      publishedAt: new Date(manifest.publishedAtMs).toISOString(),
      whole: assembled.ok ? 'yes' : `no: ${assembled.refusal.reason}`,
      contentHash: manifest.contentHash,
    };
  });
}
