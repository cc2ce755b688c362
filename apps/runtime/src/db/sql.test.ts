import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../testing/on-each-engine.ts'
import { SqlError } from './sql.ts'

onEachEngine(({ database, anotherDatabase, engine }) => {
  const one = async (text: string, params: Parameters<ReturnType<typeof database>['sql']['query']>[1] = []) =>
    (await database().sql.query<{ v: unknown }>(text, params))[0]?.v

  describe('values come back the same from every engine', () => {
    test.each([
      {
        title: 'timestamptz as a Date',
        text: `select timestamptz '2026-01-02 03:04:05.678+02' as v`,
        v: new Date('2026-01-02T01:04:05.678Z'),
      },
      { title: 'bigint as a number', text: 'select 9007199254740991::bigint as v', v: 9007199254740991 },
      { title: 'count(*) as a number', text: 'select count(*) as v from (values (1), (2)) t', v: 2 },
      { title: 'smallint and int as numbers', text: 'select 7::smallint as v', v: 7 },
      { title: 'json as its value', text: `select '{"a": [1, null, "x"]}'::json as v`, v: { a: [1, null, 'x'] } },
      { title: 'jsonb as its value', text: `select '{"a": {"b": true}}'::jsonb as v`, v: { a: { b: true } } },
      { title: 'a JSON string as a string', text: `select '"12"'::json as v`, v: '12' },
      { title: 'boolean as a boolean', text: 'select 1 = 1 as v', v: true },
      {
        title: 'uuid as text',
        text: `select '0192F0C1-0000-7000-8000-000000000001'::uuid as v`,
        v: '0192f0c1-0000-7000-8000-000000000001',
      },
      { title: 'null as null', text: 'select null::timestamptz as v', v: null },
      { title: 'text beyond the BMP unharmed', text: `select '👍🏽 árvíz' as v`, v: '👍🏽 árvíz' },
    ])('$title', async ({ text, v }) => {
      expect(await one(text)).toEqual(v)
    })

    test.each([
      { title: 'a Date', text: 'select $1::timestamptz as v', value: new Date('2026-03-04T05:06:07.089Z') },
      { title: 'a number for bigint', text: 'select $1::bigint as v', value: 2 ** 40 },
      { title: 'an object for json', text: 'select $1::json as v', value: { a: ['"'] } },
      { title: 'an object for jsonb', text: 'select $1::jsonb as v', value: { a: 1 } },
      { title: 'a boolean', text: 'select $1::boolean as v', value: false },
      { title: 'text with quotes and backslashes', text: 'select $1::text as v', value: `'"\\ $1 ` },
      { title: 'null', text: 'select $1::text as v', value: null },
    ])('$title goes in and comes out', async ({ text, value }) => {
      expect(await one(text, [value])).toEqual(value)
    })

    test('JSON text through $1::text::json is that JSON, not a string', async () => {
      expect(await one('select $1::text::json as v', ['{"a": 1}'])).toEqual({ a: 1 })
    })

    test('a bigint that a number cannot hold is refused rather than rounded', async () => {
      await expect(one('select 9007199254740993::bigint as v')).rejects.toThrow('9007199254740993')
      expect(await one('select 1 as v')).toBe(1)
    })

    test('bytea comes back as its octets', async () => {
      expect(Array.from((await one('select $1::bytea as v', [new Uint8Array([0, 255, 10])])) as Uint8Array)).toEqual([
        0, 255, 10,
      ])
    })
  })

  test('values() keeps columns that share a name apart', async () => {
    expect(await database().sql.values('select 1 as a, 2 as a where $1::boolean', [true])).toEqual([[1, 2]])
  })

  test('an error carries SQLSTATE and constraint', async () => {
    const { sql } = database()
    await sql.script('create table once (id int constraint once_id primary key)')
    await sql.query('insert into once values (1)')
    const error = await sql.query('insert into once values (1)').catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(SqlError)
    expect(error).toMatchObject({ code: '23505', constraint: 'once_id', isPoison: true, isUnavailable: false })
  })

  test('a transaction that rejects leaves nothing behind, one that resolves everything', async () => {
    const { sql } = database()
    await sql.script('create table kept (id int)')
    const failing = sql.transaction(async (tx) => {
      await tx.query('insert into kept values (1)')
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(
      await sql.transaction(async (tx) => {
        await tx.query('insert into kept values (2)')
        return tx.query('select id from kept')
      }),
    ).toEqual([{ id: 2 }])
    expect(await sql.query('select id from kept')).toEqual([{ id: 2 }])
  })

  test('what the work of a transaction throws comes out as it is, even if it has a code', async () => {
    const mine = Object.assign(new Error('mine'), { code: 'flows/unsound' })
    await expect(database().sql.transaction(() => Promise.reject(mine))).rejects.toBe(mine)
  })

  test('a statement outside a transaction sees only what is committed', async () => {
    const { sql } = database()
    await sql.script('create table seen (id int)')
    const outside = await sql.transaction(async (tx) => {
      await tx.query('insert into seen values (1)')
      const counting = sql.query<{ n: number }>('select count(*) as n from seen')
      // PGlite has one connection: there the outer statement is answered after the transaction.
      return engine === 'pglite' ? { counting } : { counting: Promise.resolve(await counting) }
    })
    expect(await outside.counting).toEqual([{ n: engine === 'pglite' ? 1 : 0 }])
  })

  test('a listener hears what is notified, until it stops', async () => {
    const { sql } = database()
    const heard: string[] = []
    const stop = await sql.listen?.('wake', (payload) => heard.push(payload))
    await sql.query(`select pg_notify('wake', 'first')`)
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['first'])
    await stop?.()
    await sql.query(`select pg_notify('wake', 'second')`)
    await sql.query('select 1')
    expect(heard).toEqual(['first'])
  })

  test('a statement after close is refused at once', async () => {
    const { sql } = await anotherDatabase()
    await sql.query('select 1')
    await sql.close()
    await expect(sql.query('select 1')).rejects.toMatchObject({ isUnavailable: true })
  })
})
