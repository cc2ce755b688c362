import { idSchema } from '@textloom/core'
import { LoopbackLink } from '@textloom/transports'
import * as z from 'zod'
import { canonicalAddress } from '../../host/numbers.ts'
import { eventStream } from '../events/event-stream.ts'
import { textField } from '../http/fields.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const tags = ['Channels']
const params = z.object({ id: idSchema })
const address = textField.min(1).max(40)

const writtenSchema = z
  .strictObject({
    from: address.meta({ description: "The handset's number." }),
    text: textField.max(10_000),
    id: z
      .string()
      .regex(/^[\w:.-]{1,100}$/, 'must be 1 to 100 letters, digits, colons, dots, hyphens or underscores')
      .optional()
      .meta({ description: 'Makes a repetition recognisable.' }),
  })
  .meta({ id: 'HandsetMessage' })

const routes = {
  write: createRoute({
    method: 'post',
    path: '/{id}/handset',
    tags,
    summary: 'Text a loopback channel, as a phone would',
    request: { params, body: jsonBody(writtenSchema) },
    responses: { 202: json(z.object({ to: z.string() }), 'Stored, like an SMSC that was answered.') },
  }),
  read: createRoute({
    method: 'get',
    path: '/{id}/handset',
    tags,
    summary: 'What the handset gets, as it comes',
    description:
      'Server-sent events: `ready`, then one `mt` for each text; `data` is `{from, to, text}` with `to` in canonical spelling. `phone` may be given up to twenty times: one stream for handsets side by side.',
    request: { params, query: z.object({ phone: z.union([address, z.array(address).min(1).max(20)]) }) },
    responses: { 200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'Until you leave.' } },
  }),
}

/** `/channels/{id}/handset`: a phone on the loopback link, for `textloom phone` and the app. */
export function handset({ routing, links }: ApiServices) {
  function lineOf(id: string) {
    const route = routing.current.channels.get(id)
    if (route === undefined)
      throw new Problem('channels/not-found', `There is no channel "${id}", or it is switched off.`)
    const link = route.links.map((one) => links.link(one)).find((one) => one instanceof LoopbackLink)
    if (link === undefined) {
      const detail = `The channel "${id}" is not reached by a loopback link of this process; handsets are for those.`
      throw new Problem('channels/no-handset', detail)
    }
    return { route, link }
  }

  return resource()
    .openapi(routes.write, async (c) => {
      const { route, link } = lineOf(c.req.valid('param').id)
      const { from, text, id } = c.req.valid('json')
      await link.hears(from, route.address, text, id)
      return c.json({ to: route.address }, 202)
    })
    .openapi(routes.read, (c) => {
      const { route, link } = lineOf(c.req.valid('param').id)
      const { phone } = c.req.valid('query')
      const phones = new Set([phone].flat().map((one) => canonicalAddress(one, route.country)))
      return eventStream(c, (emit) => {
        const stop = link.onMt(({ from, to, text, key }) => {
          const handset = canonicalAddress(to, route.country)
          if (phones.has(handset)) emit({ event: 'mt', id: key, data: JSON.stringify({ from, to: handset, text }) })
        })
        emit({ event: 'ready', data: JSON.stringify({ address: route.address }) })
        return stop
      })
    })
}
