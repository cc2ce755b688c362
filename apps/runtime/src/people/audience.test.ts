import { ContactQueryError } from '@textloom/core'
import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../testing/on-each-engine.ts'
import { audience, countAudience } from './audience.ts'

const now = Date.parse('2026-03-04T12:00:00Z')
const scope = { now, country: 'HU', zone: 'Europe/Budapest' }

/** Seven people, four groups and six fields: enough for every comparison to have somebody on either side. */
const people = `
insert into contact (phone, name, language, timezone, fields, last_heard_at, created_at, updated_at) values
  ('+361', 'Anna Kiss', 'hu', 'Europe/Budapest', '{"city": "Pécs", "age": 31, "vip": true, "visit": "2026-03-05"}', '2026-03-04T11:00Z', '2026-01-01T00:00Z', now()),
  ('+362', 'Béla Nagy', 'hu', null, '{"city": "PéCS", "age": "17", "vip": false, "visit": "2026-03-05T09:30"}', '2026-02-20T08:00Z', '2026-02-01T00:00Z', now()),
  ('+363', 'Cili "C" O''Hara', 'en', null, '{"city": "Győr", "age": 64.5, "size": "L", "visit": "2026-03-06 10:00"}', '2025-12-24T08:00Z', '2026-02-28T22:59Z', now()),
  ('+364', null, null, null, '{"city": null, "age": "unknown"}', null, '2026-02-28T23:00Z', now()),
  ('+365', 'Dóra 100%', 'de', null, '{}', null, '2026-03-01T10:00Z', now()),
  ('+43664123456', 'Eva Kissling', 'de', null, '{"size": "M"}', '2026-03-03T23:30Z', '2026-03-04T00:00Z', now()),
  ('4040', 'A short code', null, null, '{}', null, '2026-03-04T11:59Z', now());
insert into contact_field (key, title, type, choices, position, created_at, updated_at) values
  ('city', 'City', 'text', '[]', 1, now(), now()), ('age', 'Age', 'number', '[]', 2, now(), now()),
  ('vip', 'VIP', 'yes-no', '[]', 3, now(), now()), ('visit', 'Visit', 'date', '[]', 4, now(), now()),
  ('size', 'Size', 'choice', '["S", "M", "L"]', 5, now(), now());
insert into contact_group (id, title, kind, query, source, created_at, updated_at) values
  ('vip', 'VIP', 'static', null, 'api', now(), now()), ('trial', 'Trial', 'static', null, 'api', now(), now()),
  ('locals', 'Locals', 'query', 'field.city = "pécs" or group = trial', 'api', now(), now()),
  ('loop', 'Loop', 'query', 'group = loop', 'api', now(), now()),
  ('stale', 'Stale', 'query', 'field.gone = 1', 'api', now(), now());
insert into group_member (group_id, phone, joined_at) values
  ('vip', '+361', now()), ('vip', '+363', now()), ('trial', '+365', now());
insert into consent (topic, phone, state, source, at) values
  ('', '+361', 'in', 'api', now()), ('news', '+361', 'in', 'api', now()), ('news', '+362', 'out', 'flow', now()),
  ('', '+363', 'out', 'keyword', now()), ('news', '+363', 'in', 'api', now()), ('news', '+364', 'pending', 'flow', now());
insert into suppression (phone, topic, source, at) values
  ('+362', 'news', 'flow', now()), ('+363', '', 'keyword', now());`

const all = ['+361', '+362', '+363', '+364', '+365', '+43664123456', '4040']

onEachEngine(({ database, prepare }) => {
  prepare(({ sql }) => sql.script(people))

  const found = async (query: string) => {
    const { members } = await audience(database().sql, { query }, scope, { limit: 100 })
    const phones = members.map(({ phone }) => phone)
    expect(await countAudience(database().sql, { query }, scope)).toBe(phones.length)
    return phones
  }

  describe('a query finds', () => {
    test.each([
      { query: 'name = "anna kiss"', finds: ['+361'] },
      { query: 'name = none', finds: ['+364'] },
      { query: 'name ~ kiss', finds: ['+361', '+43664123456'] },
      { query: 'kiss an', finds: undefined },
      { query: '"kiss an"', finds: ['+361'] },
      { query: 'name ~ "o\'h"', finds: ['+363'] },
      { query: '"100%"', finds: ['+365'] },
      { query: '664 '.trim(), finds: [] },
      { query: '123456', finds: ['+43664123456'] },
      { query: '"0043 664"', finds: ['+43664123456'] },
      { query: 'phone ~ +36', finds: ['+361', '+362', '+363', '+364', '+365'] },
      { query: 'phone = "0043 664 12 34 56"', finds: ['+43664123456'] },
      { query: 'phone = 4040', finds: ['4040'] },
      { query: 'language = DE', finds: ['+365', '+43664123456'] },
      { query: 'language != de', finds: ['+361', '+362', '+363', '+364', '4040'] },
      { query: 'timezone = Europe/Budapest', finds: ['+361'] },
      { query: 'group = vip', finds: ['+361', '+363'] },
      { query: 'group = VIP and not field.city = Győr', finds: ['+361'] },
      { query: 'group = locals', finds: ['+361', '+362', '+365'] },
      { query: 'group != locals and group != none', finds: ['+363'] },
      { query: 'field.city = pécs', finds: ['+361', '+362'] },
      { query: 'field.city ~ éc', finds: ['+361', '+362'] },
      { query: 'field.city = none', finds: ['+364', '+365', '+43664123456', '4040'] },
      { query: 'field.age > 18', finds: ['+361', '+363'] },
      { query: 'field.age <= 17', finds: ['+362'] },
      { query: 'field.age = 64.5', finds: ['+363'] },
      { query: 'field.age != 31', finds: all.slice(1) },
      { query: 'field.vip = yes', finds: ['+361'] },
      { query: 'field.vip != yes and field.vip != none', finds: ['+362'] },
      { query: 'field.size = l', finds: ['+363'] },
      { query: 'field.visit = 2026-03-05', finds: ['+361', '+362'] },
      { query: 'field.visit > 2026-03-05', finds: ['+363'] },
      { query: 'field.visit <= 2026-03-05T09:30', finds: ['+361', '+362'] },
      { query: 'field.visit > today and field.visit < +2d', finds: ['+361', '+362', '+363'] },
      { query: 'created = 2026-03-01', finds: ['+364', '+365'] },
      { query: 'created < 2026-03-01', finds: ['+361', '+362', '+363'] },
      { query: 'created >= today', finds: ['+43664123456', '4040'] },
      { query: 'last-reply > -30d', finds: ['+361', '+362', '+43664123456'] },
      { query: 'last-reply = today', finds: ['+361', '+43664123456'] },
      { query: 'last-reply < -2m', finds: ['+363'] },
      { query: 'last-reply = none', finds: ['+364', '+365', '4040'] },
      { query: 'consent = in', finds: ['+361'] },
      { query: 'consent = out', finds: ['+363'] },
      { query: 'consent(news) = in', finds: ['+361'] },
      { query: 'consent(news) = out', finds: ['+362', '+363'] },
      { query: 'consent(news) = pending', finds: ['+364'] },
      { query: 'consent(news) = none', finds: ['+365', '+43664123456', '4040'] },
      { query: 'name ~ anna or (language = de and group = none)', finds: ['+361', '+43664123456'] },
    ])('by $query', async ({ query, finds }) => {
      if (finds === undefined) await expect(found(query)).rejects.toThrow('"and" or "or"')
      else expect(await found(query)).toEqual(finds)
    })
  })

  test.each([
    { query: 'field.cyti = x', says: 'Column 1: there is no field "cyti"' },
    { query: 'field.city = x and field.ages > 1', says: 'Did you mean "age"?' },
    { query: 'group = vop', says: 'Did you mean "vip"?' },
    { query: 'group = loop', says: 'would be made of itself' },
    { query: 'group = stale', says: 'the query of the group "stale" does not work' },
    { query: 'group > vip', says: 'a group is compared by = or !=' },
    { query: 'field.age > old', says: '"old" is no number' },
    { query: 'field.vip = perhaps', says: 'VIP is yes, no or none' },
    { query: 'created > 2026-02-30', says: '"2026-02-30" is no date' },
    { query: 'consent(news) = yes', says: 'consent is in, out, pending or none' },
    { query: 'phone ~ abc', says: 'no part of a phone number' },
    { query: '"!?"', says: 'no word to look for' },
  ])('$query is refused with what to do', async ({ query, says }) => {
    await expect(found(query)).rejects.toThrow(ContactQueryError)
    await expect(found(query)).rejects.toThrow(says)
  })

  describe('an audience', () => {
    const phonesOf = async (spec: Parameters<typeof audience>[1]) => {
      const { members } = await audience(database().sql, spec, scope, { limit: 100 })
      expect(await countAudience(database().sql, spec, scope)).toBe(members.length)
      return members.map(({ phone }) => phone)
    }

    test('is everybody who is named by any part of its spec, once, but for those left out', async () => {
      expect(await phonesOf({})).toEqual([])
      expect(await phonesOf({ groups: ['vip', 'locals'] })).toEqual(['+361', '+362', '+363', '+365'])
      expect(await phonesOf({ groups: ['vip'], query: 'language = de', phones: ['+361', '+49170', '+49170'] })).toEqual(
        ['+361', '+363', '+365', '+43664123456', '+49170'],
      )
      expect(await phonesOf({ groups: ['vip'], phones: ['+362', '+363', '+49170'], except: ['locals'] })).toEqual([
        '+363',
        '+49170',
      ])
      expect(await phonesOf({ query: 'name != none', except: ['vip', 'trial'] })).toEqual([
        '+362',
        '+43664123456',
        '4040',
      ])
    })

    test('tells of each why they may or may not be texted', async () => {
      const { members } = await audience(database().sql, { phones: ['+362', '+363', '+49170'] }, scope, { limit: 9 })
      expect(members).toMatchObject([
        {
          phone: '+362',
          isKnown: true,
          name: 'Béla Nagy',
          isOptedOut: false,
          refusedTopics: ['news'],
          consents: { news: 'out' },
        },
        { phone: '+363', isOptedOut: true, refusedTopics: [], consents: { '': 'out', news: 'in' } },
        { phone: '+49170', isKnown: false, name: null, fields: {}, isOptedOut: false, consents: {}, lastHeardAt: null },
      ])
      expect(members[0]?.lastHeardAt).toBe(Date.parse('2026-02-20T08:00Z'))
    })

    test('comes page by page, with nobody twice and nobody left out', async () => {
      const spec = { groups: ['vip', 'locals'], query: 'language = de', phones: ['+49170', '+361'] }
      const seen: string[] = []
      let pages = 0
      for (let after: string | null = ''; after !== null; pages += 1) {
        const page = await audience(database().sql, spec, scope, { after, limit: 2 })
        seen.push(...page.members.map(({ phone }) => phone))
        after = page.next
      }
      expect(seen).toEqual(['+361', '+362', '+363', '+365', '+43664123456', '+49170'])
      expect(pages).toBe(3)
    })

    test('of a group that is not there is refused', async () => {
      await expect(phonesOf({ groups: ['vop'] })).rejects.toThrow('Did you mean "vip"?')
      await expect(phonesOf({ query: 'name = x', except: ['nobody'] })).rejects.toThrow('no group "nobody"')
    })
  })
})
