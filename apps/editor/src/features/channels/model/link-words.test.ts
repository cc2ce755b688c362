import { expect, test } from 'vitest'
import { choiceWords, errorWords, factWords, orderWords, queueWords, sizeWords, stateWords } from './link-words.ts'

test.each([
  { state: 'bound', isEnabled: true, says: 'Connected', tone: 'good' },
  { state: 'bound', isEnabled: false, says: 'Switched off', tone: 'quiet' },
  { state: 'refused', isEnabled: true, says: 'Refused', tone: 'bad' },
  { state: 'waiting', isEnabled: true, says: 'No connection, trying again', tone: 'bad' },
  { state: 'waiting', isEnabled: true, kind: 'smpp-server', says: 'Nobody is connected', tone: 'warn' },
  { state: 'unheard-of', isEnabled: true, says: 'unheard-of', tone: 'quiet' },
])('$state, enabled $isEnabled: "$says"', ({ state, isEnabled, kind, says, tone }) => {
  expect(stateWords(state, isEnabled, kind)).toEqual({ says, tone })
})

test.each([
  { links: ['a'], says: 'a' },
  { links: ['a', 'b', 'c'], says: 'a, then b, then c' },
])('links $links are tried as "$says"', ({ links, says }) => expect(orderWords(links)).toBe(says))

test.each([
  { characters: 1, segments: 1, says: '1 character, 1 segment' },
  { characters: 161, segments: 2, says: '161 characters, 2 segments' },
])('"$says"', ({ says, ...size }) => expect(sizeWords(size)).toBe(says))

test.each([
  {
    said: 'The connection failed: connect ECONNREFUSED 127.0.0.1:1.',
    says: 'Nobody answers there. Check the host and the port, and whether the network is up.',
  },
  { said: 'The SMSC refused the bind: wrong password.', says: 'The SMSC refused the bind: wrong password.' },
])('"$said" is said as "$says"', ({ said, says }) => expect(errorWords(said)).toBe(says))

test.each([
  { value: 'pair', says: 'Two connections, one for each direction' },
  { value: 'quic', says: 'quic' },
])('the choice $value is called "$says"', ({ value, says }) => expect(choiceWords(value)).toBe(says))

test.each([
  { queued: 0, says: undefined },
  { queued: 1200, says: '1,200 waiting' },
])('$queued in the queue: "$says"', ({ queued, says }) => expect(queueWords(queued)).toBe(says))

test.each([
  { facts: {}, says: '' },
  { facts: { model: 'E173', operator: 'Yettel', signalDbm: -71 }, says: 'Yettel, good signal (−71 dBm), E173' },
  { facts: { binds: '2 of 3', bind1: 'transceiver bound' }, says: '2 of 3 connections' },
  { facts: { binds: 1 }, says: '1 connection' },
  { facts: { binds: 0 }, says: '' },
  { facts: { signalDbm: -93 }, says: 'fair signal (−93 dBm)' },
  { facts: { clockAheadS: 12 }, says: '' },
  {
    facts: { clockAheadS: -7_260, password: 'changed' },
    says: 'its clock is 121 min slow, its new password is in force',
  },
  { facts: { signalDbm: -109 }, says: 'weak signal (−109 dBm)' },
])('$facts of a network: "$says"', ({ facts, says }) => expect(factWords(facts)).toBe(says))
