import { formatFlow } from '@textloom/core'
import * as z from 'zod'
import { jsonObjectField } from '../http/fields.ts'
import { createRoute, json, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { readTemplates } from './templates.ts'

const templateSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    document: jsonObjectField.meta({ description: 'A flow document, to be stored under another id.' }),
  })
  .meta({ id: 'Template' })

const route = createRoute({
  method: 'get',
  path: '/',
  tags: ['Flows'],
  summary: 'Flows to begin with',
  responses: { 200: json(z.object({ items: z.array(templateSchema) }), 'The examples of this release.') },
})

/** `/templates`: what a new flow can begin with. */
export function templates({ nodes }: ApiServices) {
  type Item = z.infer<typeof templateSchema>
  let read: Promise<Item[]> | undefined

  async function items(): Promise<Item[]> {
    const found = await readTemplates(nodes)
    return found.map(({ document, ...template }) => ({
      ...template,
      document: JSON.parse(formatFlow(document, nodes)),
    }))
  }

  return resource().openapi(route, async (c) => {
    read ??= items()
    read.catch(() => {
      read = undefined
    })
    return c.json({ items: await read }, 200)
  })
}
