import type { Command } from 'commander';
import { explain, PARKED_WORDS, RULE_WORDS, type Language } from '@smc/decision';
import { isClientKey, isIdentifier, type CaseId } from '@smc/domain';
import type { CaseAnswer, ClientAnswer } from '@smc/projections';
import { command, connected, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';

type Options = { readonly json?: boolean; readonly language: string };

export function caseCommand(): Command {
  const show = command(
    'show',
    'where a case is, and why: 1 when it is not known',
    'case show zaak-000042',
  )
    .argument('<case-id>')
    .option('--language <nl|en>', 'the language of the explanation', 'en')
    .action(async (caseId: string, options: Options) => {
      const language = languageOf(options.language);
      if (!isIdentifier<'CaseId'>(caseId))
        throw new CommandEnd(EXIT.usage, `${caseId} is no case id`);
      const found = await connected((it) => it.views().caseView(caseId));
      if (found === undefined) throw new CommandEnd(EXIT.no, `Case ${caseId} is not known.`);
      const explained = { ...found, explained: explain(found.explanation, language) };
      outputOf(options).data(explained, () => describeCase(found, language));
    });
  return group('case', 'one case', [show]);
}

export function clientCommand(): Command {
  const show = command(
    'show',
    'who helps a client: 1 when the client is not known',
    'client show k4mfzqy2m5t3rwa6u7x2h4b5ce',
  )
    .argument('<client-key>')
    .action(async (clientKey: string, options: Options) => {
      if (!isClientKey(clientKey)) {
        throw new CommandEnd(EXIT.usage, 'A client key is 26 characters of a-z and 2-7.');
      }
      const found = await connected((it) => it.views().clientView(clientKey));
      if (found === undefined) throw new CommandEnd(EXIT.no, 'This client is not known.');
      outputOf(options).data(found, () => describeClient(found));
    });
  return group('client', 'one client', [show]);
}

export function describeCase(found: CaseAnswer, language: Language): readonly string[] {
  const { caseId, status, team, code, rule, effectiveOn, demarcation } = found;
  const because = code === undefined ? '' : ` (${PARKED_WORDS[code][language]})`;
  const where =
    status === 'parked' ? `${found.worklist ?? 'national'} work list${because}` : `team ${team}`;
  return [
    `case        ${caseId as CaseId} (${found.law}, ${found.product})`,
    `status      ${status}, ${where}`,
    `decided     ${rule === undefined ? '' : `${RULE_WORDS[rule][language]}, `}as of ${effectiveOn}, demarcation ${demarcation ?? 'none'}`,
    ...explain(found.explanation, language).map(
      (sentence, i) => `${i === 0 ? 'why' : '   '}         ${sentence}`,
    ),
  ];
}

function describeClient(found: ClientAnswer): readonly string[] {
  return [
    `client      ${found.clientKey}`,
    `team        ${found.team ?? 'none yet'}${found.office === undefined ? '' : `, office ${found.office}`}`,
    `journey     ${found.journey}`,
    `open        ${found.placed.length} with the team, ${found.parked.length} parked`,
    ...[...found.placed, ...found.parked].map((caseId) => `            ${caseId}`),
    `divisions   ${found.behind.length === 0 ? 'all five know it' : `not yet: ${found.behind.join(', ')}`}`,
  ];
}

function languageOf(text: string): Language {
  if (text === 'nl' || text === 'en') return text;
  throw new CommandEnd(EXIT.usage, `--language takes nl or en; got ${text}`);
}
