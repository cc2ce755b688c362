import * as z from 'zod'
import { drizzleOver } from '../../db/drizzle.ts'
import { contactsTable } from '../../exports/contacts-table.ts'
import { csvFile } from '../../exports/csv-file.ts'
import { xlsxFile } from '../../exports/xlsx-file.ts'
import { noting } from '../audit/noting.ts'
import { askedQuery } from '../contacts/asked-query.ts'
import { askedOf } from '../contacts/means.ts'
import { contactQuery } from '../contacts/schemas.ts'
import { createRoute, resource } from '../http/route.ts'
import { streamed } from '../http/streamed.ts'
import type { ApiServices, ApiSettings } from '../services.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const route = createRoute({
  method: 'get',
  path: '/',
  tags: ['Contacts'],
  summary: 'Contacts as a file',
  description:
    'CSV or .xlsx, sent while it is made; phone numbers stay texts, and no value is a formula to a spreadsheet. Imported again, it changes nothing.',
  request: {
    query: contactQuery.pick({ query: true, q: true, group: true }).extend({
      format: z.enum(['csv', 'xlsx']).default('csv'),
    }),
  },
  responses: {
    200: {
      content: { 'text/csv': { schema: z.string() }, [xlsx]: { schema: z.string() } },
      description: 'In the order of phones.',
    },
  },
})

/** `/contacts/export`. */
export function contactExport(services: ApiServices, { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, clock } = services
  const note = noting(services)
  return resource().openapi(route, async (c) => {
    const { format, ...wanted } = c.req.valid('query')
    const now = clock.now()
    const table = await askedOf(() => contactsTable(sql, askedQuery(wanted), { now, country: defaultCountry }))
    await note(drizzleOver(sql), c, { action: 'contact.exported', data: { format } })
    const name = `contacts ${new Date(now).toISOString().slice(0, 10)}.${format}`
    return format === 'csv'
      ? streamed(c, csvFile(table), { name, type: 'text/csv; charset=utf-8' })
      : streamed(c, xlsxFile(table), { name, type: xlsx })
  })
}
