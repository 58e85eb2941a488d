import type { IntakeKind } from './intake-parser.ts';

/** The major version stands in the path (NLGov REST API Design Rules, uri-version). */
export const API_VERSION = '1.0.0';

export type ApiRoute = {
  readonly path: string;
  readonly kind: IntakeKind;
  /** Where the case's id stands: an event about a case names it in the path or in the body. */
  readonly caseIdInPath: boolean;
  readonly summary: string;
};

export const API_ROUTES: readonly ApiRoute[] = [
  {
    path: '/v1/cases',
    kind: 'CaseRegistered',
    caseIdInPath: false,
    summary: 'A case that a client brings',
  },
  {
    path: '/v1/cases/{caseId}/closure',
    kind: 'CaseClosed',
    caseIdInPath: true,
    summary: 'A case is finished',
  },
  {
    path: '/v1/cases/{caseId}/classification',
    kind: 'CaseReclassified',
    caseIdInPath: true,
    summary: 'A case is judged anew, as after a contact',
  },
  {
    path: '/v1/clients/moves',
    kind: 'ClientMoved',
    caseIdInPath: false,
    summary: 'A client moves',
  },
  {
    path: '/v1/clients/status',
    kind: 'ClientStatusChanged',
    caseIdInPath: false,
    summary: 'What a client is entitled to, or belongs to, changes',
  },
];

export const OPENAPI_PATH = '/v1/openapi.json';
