import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

/** All members of a group must offer the same protocol; a change of its data is a new version. */
const PROTOCOL = 'smc-sticky';
const VERSION = 1;

/**
 * Divides a topic's partitions evenly over the members, each keeping what it has as far as that is
 * even: a partition that moves costs its task a restore. The same input gives the same answer.
 */
export function assignSticky(
  partitions: number,
  claims: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, readonly number[]> {
  const members = [...claims.keys()].toSorted();
  const evenShare = Math.floor(partitions / members.length);
  let largerShares = partitions % members.length;
  const free = new Set(Array.from({ length: partitions }, (_, partition) => partition));
  const shares = new Map(members.map((member): [string, number[]] => [member, []]));
  for (const [member, share] of shares) {
    for (const partition of claims.get(member) ?? []) {
      if (share.length > evenShare || (share.length === evenShare && largerShares === 0)) break;
      if (!free.delete(partition)) continue;
      share.push(partition);
      if (share.length > evenShare) largerShares--;
    }
  }
  for (const partition of free) {
    const [least] = [...shares.values()].toSorted((a, b) => a.length - b.length);
    least?.push(partition);
  }
  for (const share of shares.values()) share.sort((a, b) => a - b);
  return shares;
}

/** The same for kafkajs; `owned` tells at each join what this member has. */
export function stickyAssigner(owned: () => readonly number[]): PartitionAssigner {
  const { MemberMetadata, MemberAssignment } = AssignerProtocol;
  return ({ cluster }) => ({
    name: PROTOCOL,
    version: VERSION,
    protocol: ({ topics }) => ({
      name: PROTOCOL,
      metadata: MemberMetadata.encode({
        version: VERSION,
        topics,
        userData: Buffer.from(JSON.stringify(owned())),
      }),
    }),
    assign: async ({ members, topics }) => {
      const claims = new Map(
        members.map(({ memberId, memberMetadata }) => {
          return [memberId, claimOf(MemberMetadata.decode(memberMetadata)?.userData)];
        }),
      );
      const assignments = new Map(
        [...claims.keys()].map((member): [string, Record<string, number[]>] => [member, {}]),
      );
      for (const topic of topics) {
        const { length } = cluster.findTopicPartitionMetadata(topic);
        for (const [member, share] of assignSticky(length, claims)) {
          const assignment = assignments.get(member);
          if (assignment !== undefined) assignment[topic] = [...share];
        }
      }
      return [...assignments].map(([memberId, assignment]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version: VERSION,
          assignment,
          userData: Buffer.alloc(0),
        }),
      }));
    },
  });
}

/** What a member says it has. Another member wrote it: what is no list of partitions is nothing. */
function claimOf(userData: Buffer | undefined): readonly number[] {
  if (userData === undefined || userData.length === 0) return [];
  try {
    const claim: unknown = JSON.parse(userData.toString('utf8'));
    return Array.isArray(claim) ? claim.filter((one) => Number.isInteger(one)) : [];
  } catch {
    return [];
  }
}
