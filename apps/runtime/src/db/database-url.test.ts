import { expect, test } from 'vitest'
import { parseDatabaseUrl } from './database-url.ts'

test.each([
  { text: 'postgres://user:pass@db:5433/textloom', hosts: ['db:5433'] },
  { text: 'postgresql://localhost/textloom', hosts: ['localhost'] },
  { text: 'postgres:///textloom', hosts: [''] },
  { text: 'postgres://user:p%40ss@a:5432,b:5433,c/textloom?sslmode=require', hosts: ['a:5432', 'b:5433', 'c'] },
])('$text names $hosts', ({ text, hosts }) => {
  expect(parseDatabaseUrl(text)?.hosts.map(({ host }) => host)).toEqual(hosts)
})

test('each host has the user, the database and the options of all', () => {
  const [, second] = parseDatabaseUrl('postgres://user:pass@a,b:5433/textloom?sslmode=require')?.hosts ?? []
  expect(second?.href).toBe('postgres://user:pass@b:5433/textloom?sslmode=require')
})

test.each([
  'mysql://db/textloom',
  'topsecret',
  'postgres://a,/textloom',
  'postgres://a:x,b/textloom',
  'postgres://a:70000/d',
])('%s names none', (text) => {
  expect(parseDatabaseUrl(text)).toBeUndefined()
})
