import { afterAll, beforeAll, describe, test } from 'vitest';
import { must } from '@smc/domain';
import { clientScenarios } from './client-scenarios.ts';
import { fencingScenarios } from './fencing-scenarios.ts';
import type { TxnLogHarness } from './harness.ts';
import { readerScenarios } from './reader-scenarios.ts';
import { recordScenarios } from './record-scenarios.ts';
import { Scene, type Scenario } from './scene.ts';
import { taskScenarios } from './task-scenarios.ts';
import { transactionScenarios } from './transaction-scenarios.ts';

/**
 * The promises of `TxnLog`, as one suite for every driver. K1 to K18 in a title name the defects
 * of kafkajs 2.2.4 against which a promise stands guard.
 */
export function describeTxnLog(name: string, makeHarness: () => Promise<TxnLogHarness>): void {
  describe(name, () => {
    let harness: TxnLogHarness | undefined;
    let scenes = 0;
    beforeAll(async () => {
      harness = await makeHarness();
    });
    afterAll(() => harness?.close());

    const scenario: Scenario = (title, play) => {
      test(title, async (context) => {
        const options = { id: `scene-${++scenes}`, skip: (why: string) => context.skip(why) };
        const scene = new Scene(must(harness, 'the harness stands'), options);
        try {
          await play(scene);
        } finally {
          await scene.close();
        }
      });
    };

    describe('records', () => recordScenarios(scenario));
    describe('readers', () => readerScenarios(scenario));
    describe('transactions', () => transactionScenarios(scenario));
    describe('fencing', () => fencingScenarios(scenario));
    describe('clients and groups', () => clientScenarios(scenario));
    describe('tasks', () => taskScenarios(scenario));
  });
}
