import type { Command } from 'commander';
import { existsSync, statSync } from 'node:fs';
import {
  clientKeySetting,
  createClientKeyDeriver,
  createIntakeParser,
  importFile,
  openIntakeWriter,
  readCodeLists,
  type ImportReport,
} from '@smc/intake';
import { readConfig, silentLogger, systemClock } from '@smc/runtime';
import { command, connected, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { show, table } from '../output.ts';
import { createProgress } from '../progress.ts';

type Options = { readonly json?: boolean; readonly rejects?: string };

export function intakeCommand(): Command {
  const described =
    'takes cases from a file, one JSON object a line, plain or gzip; a second import of the same ' +
    'file changes nothing. 1 when a line was rejected or the file is damaged';
  const one = command(
    'import',
    described,
    'intake import cases.ndjson.gz --rejects rejected.ndjson',
  )
    .argument('<file>')
    .option('--rejects <file>', 'where to write every rejected line: number, field and reason')
    .action(async (file: string, options: Options) => {
      const output = outputOf(options);
      if (!existsSync(file)) throw new CommandEnd(EXIT.usage, `There is no file ${file}.`);
      const parser = createIntakeParser({
        clientKeys: clientKeys(),
        codeLists: await readCodeLists(undefined),
      });
      const progress = createProgress(output, 'importing (bytes)', statSync(file).size);
      const stopping = new AbortController();
      const stop = () => stopping.abort();
      process.once('SIGINT', stop);
      const report = await connected(async (it) => {
        const writer = await openIntakeWriter({ log: await it.log(), registry: it.registry() });
        try {
          return await importFile({
            source: { path: file },
            parser,
            writer,
            clock: systemClock,
            random: Math.random,
            logger: silentLogger,
            signal: stopping.signal,
            onProgress: ({ bytes }) => progress.set(bytes, statSync(file).size),
            ...(options.rejects !== undefined && { rejectsPath: options.rejects }),
          });
        } finally {
          await writer.publisher.close();
        }
      });
      process.off('SIGINT', stop);
      progress.done();
      output.data(report, () => describe(report));
      if (report.rejected > 0 || report.stopped !== undefined) {
        throw new CommandEnd(
          EXIT.no,
          report.stopped ?? `${show(report.rejected)} lines were rejected.`,
        );
      }
    });
  return group('intake', 'cases from a file', [one]);
}

function clientKeys() {
  const config = readConfig({ clientKey: clientKeySetting }, process.env);
  if (config.ok) {
    const { secret, version } = config.value.clientKey;
    return createClientKeyDeriver(secret, version);
  }
  const problems = config.refusal.map((p) => `${p.variable}: expected ${p.expected}`);
  throw new CommandEnd(EXIT.usage, problems.join('\n'));
}

function describe(report: ImportReport): readonly string[] {
  const rows = report.rejections
    .slice(0, 50)
    .map(({ line, field, reason }) => [line, field, reason] as const);
  return [
    `${show(report.accepted)} accepted, ${show(report.rejected)} rejected`,
    ...(rows.length > 0 ? table(['line', 'field', 'reason'], rows) : []),
  ];
}
