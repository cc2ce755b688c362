import {
  type Effect,
  type HttpEffect,
  type Json,
  type JsonObject,
  linkProblem,
  type NotifyEffect,
  type SendMtEffect,
  type TicketEffect,
  type TrackedLink,
} from '@textloom/core'
import { MAX_SEGMENTS, PART_CAPACITY, segmentCount } from '@textloom/sms'
import { renderJson, renderText, renderUrl, type TemplateScope } from '../template.ts'

/**
 * Fills in the templates of an effect as a node wrote it into its machine. What is a template: the text of an MT, its
 * attachments and its link; URL, header values and body of a request; the value of a result; all of a notice; topic and
 * note of a ticket.
 * @throws TemplateError, or Error when the node made something that is no effect
 */
export function renderEffect(
  template: JsonObject,
  scope: TemplateScope,
): Exclude<Effect, { kind: 'end' | 'contact' | 'flow' }> {
  const node = text(template, 'node')
  switch (template.kind) {
    case 'sendMt':
      return sendMtEffect(template, node, scope)
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
    case 'notify':
      return notifyEffect(template, node, scope)
    case 'ticket':
      return ticketEffect(template, node, scope)
    case 'ticket.withdraw':
      return { kind: 'ticket.withdraw', id: text(template, 'id') }
    default:
      throw new Error(`There is no effect of the kind ${JSON.stringify(template.kind ?? null)}.`)
  }
}

function sendMtEffect(template: JsonObject, node: string, scope: TemplateScope): SendMtEffect {
  const attachments = (template.attachments ?? []) as readonly string[]
  const link = template.link === undefined ? undefined : trackedLink(template, scope)
  const shown = link === undefined ? scope : { ...scope, link: `${scope.context.channel.linkBase ?? ''}${link.token}` }
  return {
    kind: 'sendMt',
    node,
    text: sendable(renderText(text(template, 'text'), shown)),
    ...(attachments.length === 0
      ? {}
      : { attachments: attachments.map((url) => ({ url: renderUrl(url, scope).trim() })) }),
    ...(link === undefined ? {} : { link }),
    ...(template.topic === undefined ? {} : { topic: text(template, 'topic') }),
  }
}

const tokenAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
/** 57 letters and digits, none of which looks like another: 10 of them are 58 bits, and GSM 7-bit all of them. */
const tokenLength = 10

function trackedLink(template: JsonObject, scope: TemplateScope): TrackedLink {
  const token = Array.from(
    { length: tokenLength },
    () => tokenAlphabet[Math.floor(scope.random() * tokenAlphabet.length)],
  ).join('')
  const url = renderUrl(text(template, 'link'), scope).trim()
  const problem = linkProblem(url)
  // Names the template and not what it gave, which somebody may have texted.
  if (problem !== undefined) throw new Error(`The address of the link, "${text(template, 'link')}", ${problem}.`)
  return { token, url }
}

function notifyEffect(template: JsonObject, node: string, scope: TemplateScope): NotifyEffect {
  const ways = ['email', 'webhook', 'sms'] as const
  const by = ways.find((known) => known === template.by)
  if (!by) throw new Error(`${JSON.stringify(template.by ?? null)} is no way to notify anybody.`)
  const render = by === 'webhook' ? renderUrl : renderText
  const to = ((template.to ?? []) as readonly string[]).map((each) => render(each, scope).trim())
  return {
    kind: 'notify',
    node,
    by,
    to: to.filter((each) => each !== ''),
    // A subject is one line: more would begin another header (RFC 5322 §2.2).
    ...(template.subject === undefined
      ? {}
      : { subject: renderText(text(template, 'subject'), scope).replace(/\s+/g, ' ').trim() }),
    text: renderText(text(template, 'text'), scope),
  }
}

function ticketEffect(template: JsonObject, node: string, scope: TemplateScope): TicketEffect {
  const priorities = ['low', 'normal', 'high', 'urgent'] as const
  const topic = template.topic === undefined ? '' : renderText(text(template, 'topic'), scope).trim()
  return {
    kind: 'ticket',
    node,
    id: text(template, 'id'),
    queue: text(template, 'queue'),
    ...(topic === '' ? {} : { topic }),
    priority: priorities.find((known) => known === template.priority) ?? 'normal',
    note: renderText(text(template, 'note'), scope).trim(),
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
