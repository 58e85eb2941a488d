import { expect, test } from 'vitest';
import { csvCells } from './csv-cells.ts';

test.each([
  ['1011,Amsterdam,9630', ['1011', 'Amsterdam', '9630']],
  ['1011, "Ergens, aan zee" ,9630', ['1011', 'Ergens, aan zee', '9630']],
  ['"een ""echte"" plaats",', ['een "echte" plaats', '']],
  ['', ['']],
  [',,', ['', '', '']],
  ['a "half" quote,b', ['a "half" quote', 'b']],
  ['"never closed, b', ['"never closed', 'b']],
])('%j has the cells %j', (line, cells) => {
  expect(csvCells(line)).toEqual(cells);
});
