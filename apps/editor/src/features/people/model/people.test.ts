import { describe, expect, test } from 'vitest'
import { readPeopleSearch } from './people-search.ts'
import { queryOfRows, rowsOf } from './query-rows.ts'
import { changeSentence, timelineDays } from './timeline.ts'

describe('an address of the list', () => {
  test.each([
    { search: {}, read: {} },
    { search: { q: ' anna ', group: 'vip', sort: 'phone' }, read: { q: 'anna', group: 'vip', sort: 'phone' } },
    { search: { q: 3630, sort: '-created' }, read: { q: '3630' } },
    { search: { query: '', sort: 'nonsense' }, read: {} },
  ])('$search is read as $read', ({ search, read }) => {
    expect(readPeopleSearch(search)).toEqual(read)
  })
})

describe('a query as rows', () => {
  test.each([
    'field.city = Pécs and last-reply > -30d',
    'group != vip and consent(news) = in and created >= today',
    'name = "Anna \\"A\\" Kiss"',
    'field.city = none',
  ])('%s comes back as it was', (query) => {
    expect(queryOfRows(rowsOf(query) ?? [])).toBe(query)
  })

  test.each(['name = a or name = b', 'not name = a', 'anna', 'name ='])('%s is more, or less, than rows', (query) => {
    expect(rowsOf(query)).toBeUndefined()
  })

  test('rows that are not filled in are not part of it', () => {
    expect(queryOfRows([{ subject: 'name', operator: '=', value: ' ' }])).toBe('')
    expect(rowsOf('')).toEqual([])
  })
})

describe('the history', () => {
  const titles = new Map([['city', 'City']])
  test.each([
    { change: { what: 'name', from: null, to: 'Anna' }, says: 'Name: Anna' },
    { change: { what: 'field:city', from: 'Győr', to: 'Pécs' }, says: 'City: Győr → Pécs' },
    { change: { what: 'field:shoe', from: 38, to: null }, says: 'shoe: 38 → nothing' },
    { change: { what: 'group:vip', from: false, to: true }, says: 'Joined the group vip' },
    { change: { what: 'group:vip', from: true, to: false }, says: 'Left the group vip' },
    { change: { what: 'contact', from: false, to: true }, says: 'Became a contact' },
    { change: { what: 'contact', from: '+361', to: '+362' }, says: 'Merged with +361' },
  ])('says "$says"', ({ change, says }) => {
    expect(changeSentence(change, titles)).toBe(says)
  })

  test('is told day by day', () => {
    const at = (text: string) => ({ at: new Date(text).toISOString() })
    const days = timelineDays([at('2026-03-05T10:00'), at('2026-03-05T09:00'), at('2026-03-04T09:00')])
    expect(days.map(({ items }) => items.length)).toEqual([2, 1])
  })
})
