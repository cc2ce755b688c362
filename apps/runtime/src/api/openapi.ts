import type { OpenAPIHono } from '@hono/zod-openapi'
import manifest from '../../package.json' with { type: 'json' }
import { isOpen, scopeFor } from './access/permissions.ts'
import type { ApiEnv } from './http/env.ts'
import { problemCodes } from './http/problem-codes.ts'

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const description = `Flows, links, channels, messages and sessions of one Textloom instance.

Send a key with every request: \`Authorization: Bearer KEY\`. \`textloom key create\` makes one; \`TEXTLOOM_API_KEY\` is one with all permissions. Errors are RFC 9457 problems with a stable \`code\`. Lists take \`?limit=&cursor=\` and answer \`{items, nextCursor}\`. A POST with \`Idempotency-Key\` is carried out once and answered alike for 24 hours. Phone numbers may be written in any spelling; answers have the canonical one.`

/** What every route answers beside its own answers. */
const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', description: '`urn:textloom:problem:` and the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'One sentence for a person: what happened, and what to do.' },
    code: { type: 'string', enum: Object.keys(problemCodes) },
    issues: {
      type: 'array',
      description: 'Everything that is wrong, where that is more than one thing.',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
} as const

/** The OpenAPI 3.1 document of an app: what its routes say, and what holds for all of them. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>): Document {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Textloom',
      version: manifest.version,
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  })
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(operations)) {
      if (isOpen(path) || typeof operation !== 'object' || operation === null) continue
      const scope = scopeFor(method.toUpperCase(), path)
      Object.assign(operation, { security: [{ key: scope === undefined ? [] : [scope] }, { session: [] }] })
      operation.responses.default = {
        description: 'A problem (RFC 9457); `code` says which.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }
    }
  }
  const components = document.components ?? {}
  return {
    ...document,
    components: {
      ...components,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of the API.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'textloom',
          description: 'Somebody signed in; their role says what they may do. `__Host-textloom` behind https.',
        },
      },
      schemas: { ...components.schemas, Problem: { ...problem, required: [...problem.required] } },
    },
  } as Document
}
