import type { Sql } from '../db/sql.ts'
import { loadPeopleCatalogue } from '../people/catalogue.ts'
import { changeImport, type ImportPlan, type ImportRow } from './imports.ts'
import type { PassDeps } from './pass.ts'
import { loadFile } from './pieces.ts'
import type { Reading, ReadingWishes } from './reading/read-table.ts'
import { clearRows, countRows, insertRows, judgeRows, knowSizes, mergeRows, refuseShortCodes } from './rows.ts'
import type { KnownGroup } from './staging/read-groups.ts'
import { stageFile } from './thread/file-thread.ts'

const JUDGED_AT_ONCE = 2_000

/**
 * A dry run: reads the whole file as contacts, and compares them with those that are there. Whatever a broken one left
 * is done again from the start. Nothing of any contact changes.
 * @throws FileRefusal for what cannot be read, PassEnded when it is not to go on
 */
export async function checkImport(row: ImportRow & { readonly plan: ImportPlan }, deps: PassDeps): Promise<void> {
  const { sql, clock, mayGoOn, hashOf } = deps
  const { id, wishes, look, plan } = row
  const { mapping, rules } = plan
  await clearRows(sql, id)
  const [octets, { fields }, groups] = await Promise.all([
    loadFile(sql, row),
    loadPeopleCatalogue(sql),
    loadGroups(sql),
  ])
  let read = 0
  const { missingGroups } = await stageFile(
    {
      octets,
      wishes: { ...found(look.reading), ...wishes, hasHeader: look.hasHeader },
      country: rules.country,
      plan: { mapping, rules, fields, groups },
    },
    async ({ staged }) => {
      await mayGoOn(row)
      await insertRows(sql, id, staged)
      read += staged.length
      await deps.moved(row, { progress: read })
    },
  )
  await knowSizes(sql)
  await refuseShortCodes(sql, id)
  await mergeRows(sql, id)
  let erased = 0
  for (let after = 0; ; ) {
    await mayGoOn(row)
    const judged = await judgeRows(sql, { id, after, limit: JUDGED_AT_ONCE, only: rules.only })
    if (judged === null) break
    after = judged.last
    if (rules.only !== 'existing') erased += await erasedAmong(sql, judged.fresh, hashOf)
  }
  const counted = await countRows(sql, id, rules.consent?.topic ?? '')
  const counts = { ...counted, optedOut: counted.optedOut + erased, newGroups: missingGroups }
  await changeImport(sql, id, { from: ['checking'], state: 'checked', counts, at: clock.now() })
}

/** As the look found it: what people saw is what is read. */
function found({ encoding, delimiter, sheet }: Reading): ReadingWishes {
  return { encoding: encoding ?? undefined, delimiter: delimiter ?? undefined, sheet: sheet ?? undefined }
}

async function loadGroups(sql: Sql): Promise<KnownGroup[]> {
  const rows = await sql.query<{ id: string; title: string; kind: string }>('select id, title, kind from contact_group')
  return rows.map(({ id, title, kind }) => ({ id, title, isByQuery: kind === 'query' }))
}

/** How many of these were erased after they opted out. */
async function erasedAmong(sql: Sql, phones: readonly string[], hashOf: PassDeps['hashOf']): Promise<number> {
  const [some] = await sql.query('select 1 from erased_opt_out limit 1')
  if (some === undefined) return 0
  const [row] = await sql.query<{ n: number }>(
    `select count(distinct hash) as n from erased_opt_out
     where hash in (select json_array_elements_text($1::text::json))`,
    [JSON.stringify(phones.map(hashOf))],
  )
  return row?.n ?? 0
}
