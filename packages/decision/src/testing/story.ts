/** The steps of the stories in `test/vectors`, in words, as events. */
import type { CaseActivity, IntakeEvent } from '@smc/domain';
import {
  caseClosed,
  caseReclassified,
  caseRegistered,
  clientMoved,
  statusChanged,
} from './intake-events.ts';

/**
 * `case a ADDRESS [LAW [PRODUCT [EMPLOYMENT]]]`, `close a`, `move ADDRESS`, `status`, `judge a`; each
 * with words behind it that tell more: `bsn=60`, `client=b`, `pw`, `in=klm`, `was=military`,
 * `employment=ww`, `category=zorg`, `activity=idle`.
 */
export function eventOf(what: string, on: string): IntakeEvent {
  const words = what.split(' ').filter((word) => word !== 'pw' && !word.includes('='));
  const [kind = '', first = '', address = '', law = '', product = '', employment] = words;
  const about = { on, ...factsOf(what.split(' ')) };
  switch (kind) {
    case 'case':
      return caseRegistered({
        bsn: '10',
        ...about,
        caseId: first,
        address,
        law: law || 'WIA',
        product: product || 'wia-aanvraag',
        ...(employment === undefined ? {} : { employment }),
      });
    case 'close':
      return caseClosed({ ...about, caseId: first });
    case 'judge':
      return caseReclassified({ ...about, caseId: first });
    case 'move':
      return clientMoved({ ...about, address: first });
    case 'status':
      return statusChanged(about);
    default:
      throw new Error(`unknown step ${what}`);
  }
}

function factsOf(words: readonly string[]) {
  const told = (name: string) => {
    const values = words.filter((word) => word.startsWith(`${name}=`));
    return values.map((word) => word.slice(name.length + 1));
  };
  const [client] = told('client');
  const [bsn] = told('bsn');
  const [employment] = told('employment');
  const [category] = told('category');
  const [activity] = told('activity');
  return {
    participatiewet: words.includes('pw'),
    groups: told('in'),
    formerGroups: told('was'),
    ...(client === undefined ? {} : { clientKey: client.padEnd(26, client) }),
    ...(bsn === undefined ? {} : { bsn }),
    ...(employment === undefined ? {} : { employment }),
    ...(category === undefined ? {} : { category }),
    ...(activity === undefined ? {} : { activity: activity as CaseActivity }),
  };
}
