import { expect } from 'vitest';
import { BugError } from '@smc/domain';
import type { TxnLog } from '../txn-log.ts';
import { audit, CLEAN, CountingTask } from './counting-task.ts';
import type { Audit, Counted, CountingPlaces, Flaw } from './counting-task.ts';
import { at, codeOf, record, type Scenario, type Scene } from './scene.ts';

const INPUTS: readonly Counted[] = Array.from({ length: 24 }, (_, n) => ({
  key: `client-${(n * 7) % 5}`,
  id: `case-${n}`,
}));
const BATCH = 3;

type Play = (scene: Scene, flaw?: Flaw) => Promise<Audit>;

/** Exactly-once as a task gets it that keeps the rules; and that breaking one is noticed. */
export function taskScenarios(scenario: Scenario): void {
  const stories: Readonly<Record<string, Play>> = {
    'nothing goes wrong': undisturbed,
    'an owner commits while another starts': overlappingOwners,
    'another owner comes and goes': interrupted,
    'answers are lost at every step': lostAnswers,
    'owners are killed in a transaction': killed,
  };
  for (const [story, play] of Object.entries(stories)) {
    scenario(`a task that keeps the rules counts each record once when ${story}`, async (scene) => {
      expect(await play(scene)).toEqual(CLEAN);
    });
  }

  const mutants: readonly (readonly [Flaw, Play, keyof Audit])[] = [
    ['restores before it fences', overlappingOwners, 'duplicate'],
    ['keeps its memory after an error', interrupted, 'missing'],
    ['writes again after an error', interrupted, 'missing'],
    ['ignores an error', interrupted, 'missing'],
  ];
  for (const [flaw, play, finding] of mutants) {
    scenario(`the audit finds ${finding} records of a task that ${flaw}`, async (scene) => {
      const found = await play(scene, flaw);
      expect(found[finding]).not.toEqual([]);
      expect(found.broken).not.toEqual([]);
    });
  }

  scenario('a task that overlaps transactions is stopped as a bug', async (scene) => {
    await expect(undisturbed(scene, 'overlaps transactions')).rejects.toThrow(BugError);
  });
}

async function undisturbed(scene: Scene, flaw?: Flaw): Promise<Audit> {
  const places = await prepare(scene);
  await (await open(scene, places, { flaw })).drain(BATCH);
  return judge(scene, places);
}

/** The first owner still writes while the second starts. */
async function overlappingOwners(scene: Scene, flaw?: Flaw): Promise<Audit> {
  const places = await prepare(scene);
  const first = await open(scene, places, {});
  await first.step(BATCH);
  const between = async () => {
    await codeOf(first.step(BATCH));
  };
  await (await open(scene, places, { flaw, between })).drain(BATCH);
  return judge(scene, places);
}

/** Somebody opens the task in mid-run and leaves it alone. */
async function interrupted(scene: Scene, flaw?: Flaw): Promise<Audit> {
  const places = await prepare(scene);
  const task = await open(scene, places, { flaw });
  for (let n = 0; n < 2; n++) {
    await codeOf(task.step(BATCH));
    await scene.open('count');
  }
  await task.drain(BATCH);
  return judge(scene, places);
}

async function lostAnswers(scene: Scene): Promise<Audit> {
  const lose = scene.need('lose');
  const places = await prepare(scene);
  const client = await scene.client();
  for (const step of ['produce', 'commit', 'open-task'] as const) {
    for (const part of ['request', 'answer'] as const) {
      lose(client, part, step);
      await codeOf(openAndStep(scene, places, client));
    }
  }
  await (await open(scene, places, { client })).drain(BATCH);
  return judge(scene, places);
}

async function killed(scene: Scene): Promise<Audit> {
  const [crash, holdCommit] = [scene.need('crash'), scene.need('holdCommit')];
  const places = await prepare(scene);
  for (let n = 0; n < 3; n++) {
    const client = await scene.client();
    const task = await open(scene, places, { client });
    await task.step(BATCH);
    const hold = holdCommit(client);
    task.step(BATCH).catch(() => undefined);
    await hold.reached;
    await crash(client);
    await scene.open('count');
    hold.release();
  }
  await (await open(scene, places, {})).drain(BATCH);
  return judge(scene, places);
}

async function openAndStep(scene: Scene, places: CountingPlaces, client: TxnLog): Promise<void> {
  const task = await open(scene, places, { client });
  await task.step(BATCH);
}

async function open(
  scene: Scene,
  places: CountingPlaces,
  options: {
    readonly client?: TxnLog;
    readonly flaw?: Flaw | undefined;
    readonly between?: () => Promise<void>;
  },
): Promise<CountingTask> {
  const log = options.client ?? (await scene.client());
  return CountingTask.open(log, places, { ...options, taskId: scene.name('count') });
}

async function prepare(scene: Scene): Promise<CountingPlaces> {
  const [input, output] = [at(await scene.topic()), at(await scene.topic())];
  const state = at(await scene.topic({ compact: true }));
  const publisher = await (await scene.client()).openPublisher();
  await publisher.publish(INPUTS.map(({ key, id }) => record(input, id, key)));
  return { input, output, state };
}

/** Judges behind the fence, where everything that was committed is visible. */
async function judge(scene: Scene, places: CountingPlaces): Promise<Audit> {
  await scene.open('count');
  return audit(await scene.observer(), places.output, INPUTS);
}
