import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { expect, test } from 'vitest';
import { partitionOf } from '@smc/domain';

const kafkajs = Partitioners.DefaultPartitioner();

/** The partition that kafkajs's own partitioner would choose. */
function byKafkajs(key: Buffer, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return kafkajs({ topic: 't', partitionMetadata, message: { key, value: null } });
}

test('any bytes go to the partition that a Kafka client would choose', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.integer({ min: 1, max: 64 }), (key, count) => {
      expect(partitionOf(key, count)).toBe(byKafkajs(Buffer.from(key), count));
    }),
    { numRuns: 2000 },
  );
});

test('so does any client key, given as a text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z2-7]{26}$/), (key) => {
      expect(partitionOf(key, 4)).toBe(byKafkajs(Buffer.from(key), 4));
    }),
    { numRuns: 2000 },
  );
});
