import type { Effect, HttpEffect, Json, JsonObject } from '@textloom/core'
import { MAX_SEGMENTS, PART_CAPACITY, segmentCount } from '@textloom/sms'
import { renderJson, renderText, renderUrl, type TemplateScope } from '../template.ts'

/**
 * Fills in the templates of an effect as a node wrote it into its machine. What is a template: the text of an MT; URL,
 * header values and body of a request; the value of a result.
 * @throws TemplateError, or Error when the node made something that is no effect
 */
export function renderEffect(template: JsonObject, scope: TemplateScope): Exclude<Effect, { kind: 'end' }> {
  const node = text(template, 'node')
  switch (template.kind) {
    case 'sendMt':
      return { kind: 'sendMt', node, text: sendable(renderText(text(template, 'text'), scope)) }
    case 'http':
      return httpEffect(template, node, scope)
    case 'http.cancel':
      return { kind: 'http.cancel', id: text(template, 'id') }
    case 'result':
      return {
        kind: 'result',
        node,
        name: text(template, 'name'),
        value: renderJson(template.value ?? null, scope),
        ...(template.category === undefined ? {} : { category: text(template, 'category') }),
      }
    default:
      throw new Error(`There is no effect of the kind ${JSON.stringify(template.kind ?? null)}.`)
  }
}

/** UCS-2 parts beside a 16-bit reference, the smallest that a message can be cut into, hold 66 units. */
const surelySendable = MAX_SEGMENTS * PART_CAPACITY.ucs2[16]

function sendable(text: string): string {
  if (text.length > surelySendable && segmentCount(text, { referenceBits: 16 }) > MAX_SEGMENTS) {
    throw new Error(`The text has ${text.length} characters: more than the ${MAX_SEGMENTS} segments one SMS can have.`)
  }
  return text
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

function httpEffect(template: JsonObject, node: string, scope: TemplateScope): HttpEffect {
  const method = methods.find((known) => known === template.method)
  if (!method) throw new Error(`${JSON.stringify(template.method ?? null)} is not an HTTP method.`)
  return {
    kind: 'http',
    node,
    id: text(template, 'id'),
    method,
    url: renderUrl(text(template, 'url'), scope).trim(),
    headers: renderHeaders(template.headers ?? {}, scope),
    ...(template.body === undefined ? {} : { body: renderJson(template.body, scope) }),
    timeoutMs: number(template, 'timeoutMs'),
    attempt: number(template, 'attempt'),
    delayMs: number(template, 'delayMs'),
  }
}

function renderHeaders(headers: Json, scope: TemplateScope): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers as JsonObject).map(([name, value]) => {
      const rendered = renderText(String(value), scope)
      // RFC 9110 §5.5: CR, LF and NUL end or split a header.
      if (/[\r\n\0]/.test(rendered)) throw new Error(`Header "${name}" would hold a line break.`)
      return [name, rendered]
    }),
  )
}

function text(template: JsonObject, key: string): string {
  const value = template[key]
  if (typeof value !== 'string') throw new Error(`An effect of the kind "${template.kind}" has no ${key}.`)
  return value
}

function number(template: JsonObject, key: string): number {
  const value = template[key]
  if (typeof value !== 'number') throw new Error(`An effect of the kind "${template.kind}" has no ${key}.`)
  return value
}
