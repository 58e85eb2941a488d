import { NO_HEADERS } from '../../headers.ts';
import { LogFault } from '../../log-fault.ts';
import type { OutgoingRecord } from '../../txn-log.ts';
import { connectKafkaLog } from '../connect.ts';

/**
 * A process that owns a task and writes transactions of three records, numbered, until it is
 * killed or fails; then it prints the code. Arguments: brokers, topic, task, first number.
 */
const [brokers = '', topic = '', taskId = '', first = '0'] = process.argv.slice(2);
const log = await connectKafkaLog({ brokers: brokers.split(','), clientId: 'writer-process' });
const task = await log.openTask(taskId, { transactionTimeoutMs: 30_000 });

const record = (text: string): OutgoingRecord => {
  return { topic, partition: 0, key: undefined, value: Buffer.from(text), headers: NO_HEADERS };
};

try {
  for (let n = Number(first); ; n++) {
    await task.run(['a', 'b', 'c'].map((part) => record(`${n}${part}`)));
    if (n === Number(first)) console.log('WRITING');
  }
} catch (error) {
  console.log(error instanceof LogFault ? error.code : error);
}
await log.close();
