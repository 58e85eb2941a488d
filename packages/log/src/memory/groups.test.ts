import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Groups, type Membership } from './groups.ts';
import { manualClock } from './log-clock.ts';
import { Topics } from './topics.ts';

const silent = { assigned: () => undefined, lost: () => undefined };

function groupOn(partitions: number) {
  const topics = new Topics();
  topics.create({ name: 't', partitions });
  const groups = new Groups({ topics, clock: manualClock() });
  const join = () => groups.join({ groupId: 'g', topic: 't', sessionTimeoutMs: 1_000 }, silent);
  return { groups, join };
}

test('whoever comes and goes, each partition has one member and shares differ by one at most', () => {
  const changes = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), changes, (partitions, joins) => {
      const { groups, join } = groupOn(partitions);
      const members: Membership[] = [join()];
      for (const joining of joins) {
        const leaver = joining || members.length === 1 ? undefined : members.shift();
        if (leaver === undefined) members.push(join());
        else groups.leave(leaver);
        const shares = members.map((member) => member.partitions.length);
        const all = members.flatMap((member) => member.partitions).sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: partitions }, (_, partition) => partition));
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('a member that joins takes only what makes the shares even', () => {
  const { join } = groupOn(4);
  const first = join();
  const second = join();

  expect(first.partitions).toEqual([0, 1]);
  expect(second.partitions).toEqual([2, 3]);
});
