import { expect, test } from 'vitest'
import { actorWords, deedFacts, deedWords, type ToldDeed } from './deed-words.ts'

const ana: ToldDeed = { actor: 'user:1', actorName: 'Ana', action: 'flow.published', subject: 'flow:vote', data: {} }
const named = (kind: string, id: string) => (kind === 'user' && id === '2' ? 'Ben' : undefined)

test.each<[string, Partial<ToldDeed>]>([
  ['published the flow vote', {}],
  ['signed in', { action: 'user.signed-in', subject: null }],
  ['invited Ben', { action: 'user.created', subject: 'user:2' }],
  ['reset the password of Ben', { action: 'user.reset', subject: 'user:2' }],
  ['changed the own account', { action: 'user.changed', subject: 'user:1' }],
  ['changed the account of Ben', { action: 'user.changed', subject: 'user:2' }],
  ['created the key Web shop', { action: 'key.created', subject: 'key:9', data: { label: 'Web shop' } }],
  ['marked done the dead letter 7', { action: 'dead-letter.marked-done', subject: 'dead-letter:7' }],
])('%s', (sentence, given) => {
  expect(deedWords({ ...ana, ...given }, named)).toBe(sentence)
})

test('who did it', () => {
  const actors = [
    ['user:1', 'Ana'],
    ['key:1', 'Web shop'],
    ['env', ''],
    ['cli', ''],
    ['nobody', ''],
  ] as const
  expect(actors.map(([actor, actorName]) => actorWords({ actor, actorName }))).toEqual([
    'Ana',
    'The key Web shop',
    'The settings of the instance',
    'The command line',
    'Somebody who was not signed in',
  ])
})

test('what else is known of it', () => {
  expect(deedFacts({ data: {} })).toBeUndefined()
  expect(deedFacts({ data: { kind: 'smpp', enabled: false } })).toBe('kind: smpp · switched off')
  expect(deedFacts({ data: { label: 'Web shop', scopes: ['flows:read', 'links:read'] } })).toBe(
    'scopes: flows:read, links:read',
  )
  expect(deedFacts({ data: { role: 'viewer' } })).toBe('Viewer')
})
