import { describeTxnLog } from '../conformance/index.ts';
import { kafkaHarness } from './testing/kafka-harness.ts';

describeTxnLog('the Kafka log on one broker', () => kafkaHarness(1));
describeTxnLog('the Kafka log on three brokers', () => kafkaHarness(3));
