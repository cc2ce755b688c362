import { flowJsonSchema, type JsonObject, jsonSchemaOf } from '@textloom/core'
import * as z from 'zod'
import { branchOf } from '../../catalogue/link-schema.ts'
import { configFileJsonSchema } from '../../settings/config-schema.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, opaque, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const answer = { 200: opaque({ type: 'object' }, 'JSON Schema, draft 2020-12.') }
const tags = ['Schemas']

const routes = {
  flow: createRoute({
    method: 'get',
    path: '/flow.json',
    tags,
    summary: 'JSON Schema of flow documents',
    responses: answer,
  }),
  config: createRoute({
    method: 'get',
    path: '/config.json',
    tags,
    summary: 'JSON Schema of TEXTLOOM_CONFIG files',
    responses: answer,
  }),
  link: createRoute({
    method: 'get',
    path: '/links/{kind}',
    tags,
    summary: 'JSON Schema of links of one kind',
    request: { params: z.object({ kind: z.string() }) },
    responses: answer,
  }),
}

/** `/schemas`: what documents look like, for editors and generators. */
export function schemas({ nodes, transports }: ApiServices) {
  const once = (make: () => JsonObject) => {
    let made: JsonObject | undefined
    return () => {
      made ??= make()
      return made
    }
  }
  const flow = once(() => flowJsonSchema(nodes))
  const config = once(() => configFileJsonSchema(transports))
  return resource()
    .openapi(routes.flow, (c) => c.json(flow(), 200))
    .openapi(routes.config, (c) => c.json(config(), 200))
    .openapi(routes.link, (c) => {
      const kind = c.req.valid('param').kind.replace(/\.json$/, '')
      const transport = transports.get(kind)
      if (transport === undefined) throw new Problem('request/not-found', `There are no links of kind "${kind}".`)
      return c.json(jsonSchemaOf(branchOf(transport)), 200)
    })
}
