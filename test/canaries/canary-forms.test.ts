import { expect, test } from 'vitest';
import { Canaries } from './canary-forms.ts';

const canaries = new Canaries();
canaries.at('elsewhere');
const bsn = canaries.at('here');

/** The forms in which the second canary is found in these bytes. */
const formsIn = (bytes: Buffer) => canaries.leaksIn(bytes, 'a file').map(({ form }) => form);

test.each<readonly [string, Buffer]>([
  ['plain', Buffer.from(`{"caseId":"zaak-${bsn}-1"}`)],
  ['in groups', Buffer.from(`${bsn.slice(0, 4)}.${bsn.slice(4, 6)}.${bsn.slice(6)}`)],
  ['in groups', Buffer.from(`${bsn.slice(0, 3)} ${bsn.slice(3, 6)} ${bsn.slice(6)}`)],
  ['hex', Buffer.from(Buffer.from(`key ${bsn}!`).toString('hex'))],
  ['URL-encoded', Buffer.from(`?q=${bsn.replace(/[0-9]/g, '%3$&')}`)],
  ['base64, shifted 0', Buffer.from(Buffer.from(`abc${bsn}xyz`).toString('base64'))],
  ['base64, shifted 1', Buffer.from(Buffer.from(`abcd${bsn}xyz`).toString('base64'))],
  ['base64, shifted 2', Buffer.from(Buffer.from(`abcde${bsn}xyz`).toString('base64'))],
  ['UTF-16', Buffer.from(`name ${bsn}`, 'utf16le')],
  ['a number of four bytes', Buffer.from(Number(bsn).toString(16), 'hex')],
])('a canary is found %s', (form, bytes) => {
  expect(formsIn(bytes)).toEqual([form]);
});

test('what only looks like a canary is none', () => {
  expect(formsIn(Buffer.from(`${bsn.slice(0, 8)} ${bsn.slice(1)} 123456789`))).toEqual([]);
});

test('a leak tells which canary it is and where it was found', () => {
  const leaks = canaries.leaksIn(Buffer.from(bsn), 'a log');
  expect(leaks).toEqual([{ canary: 'here', form: 'plain', place: 'a log' }]);
});
