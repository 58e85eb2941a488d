import {
  createIntakeParser,
  isObject,
  type ClientKeyDeriver,
  type CodeLists,
  type IntakeParser,
} from '@smc/intake';
import { parseTold, toldShapes } from './told-client.ts';

/** The year 3000: cases that are yet to come are what a simulation is for. */
const NO_FUTURE_MS = 32_503_680_000_000;

/**
 * Intake's parser, and beside it one for events that name the client key instead of the BSN.
 * `nowMs`: when an event was received that does not say it.
 */
export function createCaseParser(options: {
  readonly codeLists: CodeLists;
  readonly clientKeys: ClientKeyDeriver;
  readonly nowMs: number;
}): IntakeParser {
  const { nowMs } = options;
  const intake = createIntakeParser(options);
  const told = toldShapes(intake.shapes);
  const receivedAt = new Date(nowMs).toISOString();
  return {
    shapes: intake.shapes,
    parse(kind, body, { withoutId }) {
      if (!isObject(body)) return intake.parse(kind, body, { nowMs, withoutId });
      if (Object.hasOwn(body, 'clientKey')) return parseTold(kind, body, { shapes: told, nowMs });
      const dated = body['receivedAt'] === undefined ? { ...body, receivedAt } : body;
      return intake.parse(kind, dated, { nowMs: NO_FUTURE_MS, withoutId });
    },
  };
}
