import type { Command } from 'commander';
import { group } from '../command.ts';
import { bandCommand } from './capacity/band.ts';
import { checkCommand } from './capacity/check.ts';
import { classesCommand } from './capacity/classes.ts';
import { fteCommand } from './capacity/fte.ts';
import { movesCommand } from './capacity/moves.ts';
import { peakCommand } from './capacity/peak.ts';
import { sharesCommand } from './capacity/shares.ts';
import { whatIfCommand } from './capacity/what-if.ts';

/** The planner's arithmetic, on files; nothing here asks a service. */
export function capacityCommand(): Command {
  return group('capacity', 'hours, shares, bands, moves, FTE and what-ifs for a planner', [
    fteCommand(),
    bandCommand(),
    sharesCommand(),
    movesCommand(),
    whatIfCommand(),
    peakCommand(),
    classesCommand(),
    checkCommand(),
  ]);
}
