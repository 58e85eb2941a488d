import { assert } from '@smc/domain';
import type { GroupListener, GroupSpec } from '../txn-log.ts';
import type { LogClock } from './log-clock.ts';
import type { Topics } from './topics.ts';

/** One member of a group as the coordinator knows it. */
export type Membership = {
  readonly spec: GroupSpec;
  readonly listener: GroupListener;
  partitions: readonly number[];
  /** In the group: gets partitions. */
  joined: boolean;
  /** Hears nothing: its process stands still, is cut off, or is gone. */
  deaf: boolean;
};

type Group = { readonly topic: string; readonly members: Membership[] };

/**
 * The group coordinator: spreads the partitions of a topic evenly over the members of a group.
 *
 * Members keep what they have as far as that stays even, so a change moves as little as it can.
 * Members are told by microtask, first those that give something up. A deaf member is not told:
 * it goes on believing (a zombie), and only the fence of its tasks stops it.
 */
export class Groups {
  readonly #groups = new Map<string, Group>();
  readonly #topics: Topics;
  readonly #clock: LogClock;

  constructor(parts: { readonly topics: Topics; readonly clock: LogClock }) {
    this.#topics = parts.topics;
    this.#clock = parts.clock;
  }

  join(spec: GroupSpec, listener: GroupListener): Membership {
    this.#topics.of(spec.topic);
    const member = { spec, listener, partitions: [], joined: false, deaf: false };
    this.#enter(member);
    return member;
  }

  leave(member: Membership): void {
    member.deaf = true;
    this.#expel(member);
  }

  /** The session ends and the member does not notice; the answer makes it notice and join again. */
  freeze(member: Membership): () => void {
    member.deaf = true;
    this.#expel(member);
    return () => {
      if (!member.deaf || member.joined) return;
      member.deaf = false;
      queueMicrotask(() => member.listener.lost('the session ended'));
      this.#enter(member);
    };
  }

  /** The member stops without a word: its session ends after its time. */
  abandon(member: Membership): void {
    member.deaf = true;
    this.#clock.after(member.spec.sessionTimeoutMs, () => this.#expel(member));
  }

  #enter(member: Membership): void {
    const { groupId, topic } = member.spec;
    const group = this.#groups.get(groupId) ?? { topic, members: [] };
    assert(group.topic === topic, `group ${groupId} reads ${group.topic}, not ${topic}`);
    this.#groups.set(groupId, group);
    member.joined = true;
    group.members.push(member);
    this.#spread(group);
  }

  #expel(member: Membership): void {
    if (!member.joined) return;
    const group = this.#groups.get(member.spec.groupId);
    member.joined = false;
    member.partitions = [];
    if (group === undefined) return;
    group.members.splice(group.members.indexOf(member), 1);
    this.#spread(group);
  }

  #spread(group: Group): void {
    const before = group.members.map((member) => member.partitions.length);
    spreadEvenly(group.members, this.#topics.of(group.topic).length);
    const shrinks = (index: number) =>
      (group.members[index]?.partitions.length ?? 0) < (before[index] ?? 0);
    const order = group.members.map((member, index) => ({ member, late: shrinks(index) ? 0 : 1 }));
    for (const { member } of order.sort((a, b) => a.late - b.late)) {
      const { partitions } = member;
      queueMicrotask(() => {
        if (!member.deaf && member.joined) member.listener.assigned(partitions);
      });
    }
  }
}

/** Each member gets floor or ceil of the even share; earlier members get the larger ones. */
function spreadEvenly(members: readonly Membership[], count: number): void {
  const share = Math.floor(count / members.length);
  const larger = count % members.length;
  const quota = (index: number) => share + (index < larger ? 1 : 0);
  const free = new Set(Array.from({ length: count }, (_, partition) => partition));
  members.forEach((member, index) => {
    member.partitions = member.partitions.slice(0, quota(index));
    for (const partition of member.partitions) free.delete(partition);
  });
  const next = free.values();
  members.forEach((member, index) => {
    const added: number[] = [];
    while (member.partitions.length + added.length < quota(index)) {
      const { value, done } = next.next();
      if (done === true) break;
      added.push(value);
    }
    member.partitions = [...member.partitions, ...added].sort((a, b) => a - b);
  });
}
