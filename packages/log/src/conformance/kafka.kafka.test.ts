import { describeTxnLog } from './describe-txn-log.ts';
import { kafkaHarness } from './kafka-harness.ts';

describeTxnLog('the Kafka log on one broker', () => kafkaHarness(1));

describeTxnLog('the Kafka log on three brokers', () => kafkaHarness(3));
