/** The kinds of decision that the demo explains with one case each. */
import type { AssignmentEvent, CaseAssigned, CaseParked, ClientKey, ReasonCode } from '@smc/domain';

export type Told = CaseAssigned | CaseParked;

export const STORIES = [
  'basis postcode',
  'basis bsn',
  'basis workload',
  'Participatiewet: another law (samenloop)',
  'Participatiewet: after the benefit (naloop)',
  'special group: former work',
  'running journey, after a move',
  'parked: a person decides',
] as const;
export type Story = (typeof STORIES)[number];

/** Picks the first case of each story from the events as they come by. */
export class StoryPicker {
  readonly #told = new Map<Story, Told>();
  /** Where each client lived when the first case was assigned. */
  readonly #firstRegion = new Map<ClientKey, string | undefined>();

  take(event: AssignmentEvent): void {
    if (event.type !== 'CaseAssigned' && event.type !== 'CaseParked') return;
    const story = event.type === 'CaseParked' ? 'parked: a person decides' : this.#storyOf(event);
    if (story !== undefined && !this.#told.has(story)) this.#told.set(story, event);
  }

  /** In the order of `STORIES`; those that did not happen are left out. */
  get told(): readonly { readonly story: Story; readonly event: Told }[] {
    return STORIES.flatMap((story) => {
      const event = this.#told.get(story);
      return event === undefined ? [] : [{ story, event }];
    });
  }

  #storyOf(event: CaseAssigned): Story | undefined {
    const { rule, law, clientKey, arbeidsmarktregio } = event;
    if (!this.#firstRegion.has(clientKey)) this.#firstRegion.set(clientKey, arbeidsmarktregio);
    const says = (code: ReasonCode) => event.explanation.some((reason) => reason.code === code);
    switch (rule) {
      case 'postcode':
        return 'basis postcode';
      case 'bsn':
        return 'basis bsn';
      case 'workload':
        return 'basis workload';
      case 'participatiewet':
        if (says('PARTICIPATIEWET_NALOOP')) return 'Participatiewet: after the benefit (naloop)';
        return law === 'PW' ? undefined : 'Participatiewet: another law (samenloop)';
      case 'group':
        return says('GROUP_FORMER_MEMBER') ? 'special group: former work' : undefined;
      case 'journey': {
        const before = this.#firstRegion.get(clientKey);
        const hasMoved = before !== undefined && arbeidsmarktregio !== undefined;
        return hasMoved && before !== arbeidsmarktregio
          ? 'running journey, after a move'
          : undefined;
      }
      case 'exclusion':
        return undefined;
    }
  }
}
