import { expect, test } from 'vitest'
import { textOf } from './charset.ts'

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

test.each([
  { what: 'UTF-8', octets: Buffer.from('Jó €'), said: {}, text: 'Jó €' },
  { what: 'coding 2', octets: utf16be('Jó 日本 🎉'), said: { coding: '2', charset: 'UTF-8' }, text: 'Jó 日本 🎉' },
  { what: 'UTF-16 by its charset', octets: utf16be('日本'), said: { charset: 'UTF-16BE' }, text: '日本' },
  { what: 'UCS-2 by its charset', octets: utf16be('Igen'), said: { charset: 'ucs2' }, text: 'Igen' },
  {
    what: 'UTF-16, low octet first',
    octets: Buffer.from('Igen', 'utf16le'),
    said: { charset: 'utf-16le' },
    text: 'Igen',
  },
  { what: 'UTF-16 that does not say so', octets: utf16be('Привет'), said: {}, text: 'Привет' },
  { what: 'UTF-16 of plain letters that does not say so', octets: utf16be('YES'), said: { coding: '0' }, text: 'YES' },
  { what: 'UTF-16 with a mark', octets: Buffer.from([0xff, 0xfe, 0x41, 0x00]), said: {}, text: 'A' },
  { what: 'Latin 2 by its charset', octets: Buffer.from([0xf5]), said: { charset: 'iso-8859-2' }, text: 'ő' },
  { what: 'Windows-1252 that does not say so', octets: Buffer.from([0x80, 0xe9, 0x61]), said: {}, text: '€éa' },
  { what: 'a charset that nobody knows', octets: Buffer.from('é'), said: { charset: 'x-nobody' }, text: 'é' },
  { what: 'a charset that is not true', octets: Buffer.from('日本!'), said: { charset: 'utf-16be' }, text: '日本!' },
  { what: 'Kannel’s name for the default alphabet', octets: Buffer.from('£'), said: { charset: 'GSM' }, text: '£' },
  { what: 'two lines', octets: Buffer.from('a\r\nb\tc'), said: {}, text: 'a\r\nb\tc' },
  { what: 'nothing', octets: Buffer.alloc(0), said: { coding: '2' }, text: '' },
])('$what', ({ octets, said, text }) => expect(textOf(octets, said)).toBe(text))
