import { must } from '@smc/domain';
import { startStack, type Stack } from '@smc/infra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectRegistry } from './confluent-registry.ts';
import { registryContract } from './registry.contract.ts';

let stack: Stack | undefined;
const url = () => must(stack?.registryUrl, 'the stack has a registry');
const connect = (deadlineMs?: number) =>
  connectRegistry(deadlineMs === undefined ? { url: url() } : { url: url(), deadlineMs });

beforeAll(async () => {
  stack = await startStack({ parts: ['registry'] });
});
afterAll(async () => {
  await stack?.stop({ fast: true });
});

registryContract('Apicurio', () => connect());

describe('the registry: how it fails', () => {
  test('an address that is no registry is told from a registry without the schema', async () => {
    const wrong = connectRegistry({ url: `${new URL(url()).origin}/no/such/path` });

    await expect(wrong.schemaById(1)).rejects.toMatchObject({
      code: 'WRONG_ADDRESS',
      retriable: false,
    });
  });

  test('a registry that hangs is a fault once the deadline has passed', async () => {
    must(stack, 'the stack is up').pause('registry');

    await expect(connect(300).latestId('smc.intake.CaseClosed')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      retriable: true,
    });

    must(stack, 'the stack is up').resume('registry');
    await expect(connect().latestId('smc.nothing')).resolves.toBeUndefined();
  });
});

test('a port where nothing listens is a registry that can not be reached', async () => {
  const nobody = connectRegistry({ url: 'http://127.0.0.1:9/apis/ccompat/v7' });

  await expect(nobody.schemaById(1)).rejects.toMatchObject({
    code: 'UNREACHABLE',
    retriable: true,
  });
});
