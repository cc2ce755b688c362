import { expect, test } from 'vitest'
import { fromWireAddress, toWireAddress } from './address.ts'

test.each([
  { address: '+36301234567', ton: 1, npi: 1, text: '36301234567' },
  { address: '4040', ton: 0, npi: 1, text: '4040' },
  { address: '06301234567', ton: 0, npi: 1, text: '06301234567' },
  { address: '*100#', ton: 0, npi: 1, text: '*100#' },
  { address: 'Textloom', ton: 5, npi: 0, text: 'Textloom' },
])('$address is sent as TON $ton, NPI $npi, $text', ({ address, ...wire }) => {
  expect(toWireAddress(address)).toEqual(wire)
})

test('what the settings say goes before what the address tells', () => {
  expect(toWireAddress('+36301234567', { ton: 2, npi: 8 })).toEqual({ ton: 2, npi: 8, text: '36301234567' })
  expect(toWireAddress('4040', { ton: 6 })).toEqual({ ton: 6, npi: 1, text: '4040' })
})

test.each([
  { ton: 1, text: '36301234567', address: '+36301234567', why: 'TON 1' },
  { ton: 0, text: '+36301234567', address: '+36301234567', why: 'it begins with +' },
  { ton: 1, text: '+36301234567', address: '+36301234567', why: 'TON 1 and + are said once' },
  { ton: 0, text: '0036301234567', address: '+36301234567', why: 'it begins with 00' },
  { ton: 1, text: '0036301234567', address: '+36301234567', why: 'TON 1 and 00 are said once' },
  { ton: 0, text: '4040', address: '4040', why: 'a short code stays' },
  { ton: 1, text: '4040', address: '4040', why: 'no international number has four digits' },
  { ton: 2, text: '301234567', address: '301234567', why: 'only the host knows the country' },
  { ton: 0, text: '36301234567', address: '36301234567', why: 'nothing says that it is international' },
  { ton: 5, text: 'Textloom', address: 'Textloom', why: 'it is a word' },
  { ton: 1, text: 'Textloom', address: 'Textloom', why: 'it is a word whatever the TON says' },
  { ton: 0, text: '', address: '', why: 'it is empty' },
])('TON $ton "$text" is $address: $why', ({ ton, text, address }) => {
  expect(fromWireAddress(ton, text)).toBe(address)
})
