import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { textField } from '../http/fields.ts'
import { pageQuery } from '../http/page.ts'

/** An issue of a flow, as `validate` prints it. */
const issueSchema = z
  .object({
    code: z.string().meta({ description: 'Stable; the errors reference explains it.' }),
    severity: z.enum(['error', 'warning']),
    kind: z.enum(['structure', 'soundness']),
    node: z.string().optional(),
    path: z.string().meta({ description: 'Where in the document: `nodes[2].data.options[0].label`.' }),
    message: z.string(),
  })
  .meta({ id: 'Issue' })

export const savedSchema = z
  .object({
    id: z.string(),
    etag: z.string(),
    issues: z.array(issueSchema).meta({ description: 'What stands in the way of publishing, and warnings.' }),
  })
  .meta({ id: 'SavedFlow' })

const listeningSchema = z.object({ channel: z.string(), revision: z.int() })

export const flowItemSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    etag: z.string(),
    source: z
      .enum(['config', 'api'])
      .meta({ description: '`config`: declared by TEXTLOOM_CONFIG and read-only here.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string().nullable().meta({ description: 'Who edited it last; null for files.' }),
    archivedAt: z.iso.datetime().nullable(),
    status: z.enum(['draft', 'live', 'off', 'archived']).meta({
      description:
        '`draft`: never published; `live`: it listens somewhere; `off`: published once, and listens nowhere.',
    }),
    revision: z.int().nullable().meta({ description: 'The one published last.' }),
    hasChanges: z.boolean().meta({ description: 'The draft is another than what was published last.' }),
    sessions: z.int().meta({ description: 'Conversations with it that run now.' }),
    published: z.array(listeningSchema).meta({ description: 'The channels it listens on, and with which revision.' }),
  })
  .meta({ id: 'FlowItem' })

export const publishSchema = z.strictObject({
  channels: z.array(idSchema).max(1000).meta({ description: 'All channels that it listens on from now on.' }),
  note: z.string().max(2000).optional().meta({ description: 'What changed, for the list of revisions.' }),
})

export const publishedSchema = z
  .object({
    revision: z.int().meta({ description: '1, 2, 3, …; unchanged documents keep theirs.' }),
    id: z.uuid(),
    channels: z.array(z.string()),
    issues: z.array(issueSchema).meta({ description: 'Warnings.' }),
    tests: z
      .object({
        passed: z.int(),
        failed: z.array(
          z.object({
            name: z.string(),
            step: z.int().meta({ description: 'Index of the step where it went another way.' }),
            expected: z.string(),
            got: z.string(),
          }),
        ),
        notRun: z.int().meta({ description: 'Those that were too many.' }),
      })
      .meta({ description: 'What became of the tests that are saved with the flow.' }),
  })
  .meta({ id: 'PublishedFlow' })

export const revisionSchema = z
  .object({
    revision: z.int(),
    id: z.uuid(),
    note: z.string().nullable(),
    publishedAt: z.iso.datetime(),
    publishedBy: z.string().nullable(),
    channels: z.array(z.string()).meta({ description: 'Where this revision listens now.' }),
  })
  .meta({ id: 'Revision' })

export const importQuery = z.object({
  existing: z.enum(['refuse', 'replace', 'copy']).default('refuse').meta({
    description: 'What to do where the id is taken: refuse everything, replace the draft, or take another id.',
  }),
})

export const importedSchema = z
  .object({
    items: z.array(
      savedSchema.extend({ status: z.enum(['created', 'replaced', 'unchanged']), importedAs: z.string().optional() }),
    ),
  })
  .meta({ id: 'ImportedFlows' })

/** The body of routes that take a flow: `parseFlow` reads it, so that everything wrong is said at once. */
export const documentBody = {
  content: { 'application/json': { schema: { $ref: '/schemas/flow.json' } } },
  required: true as const,
}

export const listQuery = z.object({
  ...pageQuery,
  archived: z.enum(['true', 'false']).default('false').meta({ description: '`true`: those in the archive as well.' }),
  search: textField.max(200).optional().meta({ description: 'What stands in the name or id.' }),
})

export const flowParams = z.object({ id: idSchema })
export const revisionParams = z.object({
  id: idSchema,
  revision: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
})
