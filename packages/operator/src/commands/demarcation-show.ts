import type { Command } from 'commander';
import { explain } from '@smc/decision';
import { isBsnSuffix, normalisePostcode, type BsnSuffix, type Postcode } from '@smc/domain';
import { describeNobody, describeWhoHelps, whoHelps } from '@smc/demarcation';
import { command, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { dateOf, LANGUAGE_OPTION, languageOf, readFolder } from './demarcation-document.ts';

type Options = {
  readonly json?: boolean;
  readonly at: string;
  readonly postcode: string;
  readonly bsnSuffix?: string;
  readonly law?: string;
  readonly product?: string;
  readonly employment?: string;
  readonly lang: string;
};

export function demarcationShowCommand(): Command {
  return command(
    'show',
    'who helps in one place on one day by a demarcation folder, and why: 1 when it names nobody',
    'demarcation show packages/example/demarcation/2026-07 --at 2026-09-01 --postcode 3511AB',
    'The answer is that of a new client of no special group; who has a case under the Participatiewet receives it. What is not given (law, product, employment, last two digits of the BSN) is answered for all that the document names.',
  )
    .argument('<folder>')
    .requiredOption('--at <date>', 'the day, such as 2026-07-01')
    .requiredOption('--postcode <postcode>', 'a whole postcode, such as 3511AB')
    .option('--bsn-suffix <digits>', 'the last two digits of the BSN')
    .option('--law <code>')
    .option('--product <code>')
    .option('--employment <code>')
    .option(...LANGUAGE_OPTION)
    .action(async (folder: string, options: Options) => {
      const language = languageOf(options.lang);
      const { law, product, employment } = options;
      const asked = {
        on: dateOf(options.at),
        postcode: postcodeOf(options.postcode),
        bsnSuffix: suffixOf(options.bsnSuffix),
      };
      const found = whoHelps(await readFolder(folder), { ...asked, law, product, employment });
      if (!found.ok) {
        const code = found.refusal.code === 'NOT_IN_DOCUMENT' ? EXIT.usage : EXIT.no;
        throw new CommandEnd(code, describeNobody(found.refusal, asked, language));
      }
      const answers = found.value.answers.map((answer) => ({
        ...answer,
        explained: explain(answer.reasons, language),
      }));
      outputOf(options).data({ ...found.value, answers }, () =>
        describeWhoHelps(found.value, language),
      );
    });
}

function postcodeOf(text: string): Postcode {
  const postcode = normalisePostcode(text);
  if (postcode !== undefined) return postcode;
  throw new CommandEnd(EXIT.usage, `--postcode takes a whole postcode such as 3511AB; got ${text}`);
}

function suffixOf(text: string | undefined): BsnSuffix | undefined {
  if (text === undefined || isBsnSuffix(text)) return text;
  throw new CommandEnd(EXIT.usage, `--bsn-suffix takes two digits such as 07; got ${text}`);
}
