import {
  defineNode,
  type Json,
  type NodeIssue,
  type Scope,
  type StoredContext,
  type TemplateField,
  type ValueType,
} from '@textloom/core'
import { convert } from '../convert.ts'
import { nodeIssue } from '../issue-codes.ts'
import { isWebAddress } from '../web-address.ts'
import { isSuccess, isTimeout, isWorthRetrying } from './answer.ts'
import { compileHttp } from './compile.ts'
import { pick, readPath } from './json-path.ts'
import { type HttpData, httpSchema } from './schema.ts'

/** Asks a web service and waits for its answer, parts of which are kept in variables. */
export const http = defineNode({
  type: 'http',
  version: 1,
  family: 'do',
  title: 'HTTP request',
  summary: 'Asks a web service and keeps parts of its answer.',
  icon: 'api',
  schema: httpSchema,
  waits: 'http',
  handles: () => [
    { id: 'success', label: 'Success' },
    { id: 'failure', label: 'Failure' },
    { id: 'timeout', label: 'No answer' },
  ],
  compile: compileHttp,
  guards: { 'is-success': isSuccess, 'is-timeout': isTimeout, 'is-worth-retrying': isWorthRetrying },
  updates: { keep, note },
  describe: ({ method, url }) => ({ title: 'HTTP request', body: `${method} ${url || '(no address yet)'}` }),
  templates: ({ url, headers = {}, body }) => [
    { path: 'url', template: url, use: 'value' },
    ...Object.entries(headers).map(
      ([name, template]): TemplateField => ({ path: `headers[${JSON.stringify(name)}]`, template, use: 'value' }),
    ),
    ...(body === undefined ? [] : templatesIn(body, 'body')),
  ],
  writes: ({ map, status }) => [
    ...map.map(({ variable }, index) => ({ name: variable, path: `map[${index}].variable` })),
    ...(status === undefined ? [] : [{ name: status, path: 'status', type: 'number' as const }]),
  ],
  check,
})

type Mapping = {
  readonly variable: string
  readonly path: string
  readonly as: ValueType
}

/** A part that is missing, or cannot be what its variable is declared as, leaves the variable null. */
function keep({ context, event }: Scope, { map }: { map: readonly Mapping[] }): Partial<StoredContext> {
  const body: Json = 'status' in event ? (event.body ?? null) : null
  const parts = map.map(({ variable, path, as }) => [variable, convert(pick(body, path), as) ?? null] as const)
  return { vars: { ...context.vars, ...Object.fromEntries(parts) } }
}

/** The status of the answer; null when none came, so that none of an earlier request is taken for it. */
function note({ context, event }: Scope, { variable }: { variable: string }): Partial<StoredContext> {
  return { vars: { ...context.vars, [variable]: 'status' in event ? event.status : null } }
}

function templatesIn(value: Json, path: string): readonly TemplateField[] {
  if (typeof value === 'string') return [{ path, template: value, use: 'value' }]
  if (value === null || typeof value !== 'object') return []
  if (isList(value)) return value.flatMap((item, index) => templatesIn(item, `${path}[${index}]`))
  return Object.entries(value).flatMap(([key, item]) =>
    templatesIn(item, /^[A-Za-z_$][\w$-]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`),
  )
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function check({ method, url, headers = {}, body, map }: HttpData): readonly NodeIssue[] {
  return [
    ...(isWebAddress(url)
      ? []
      : [
          nodeIssue(
            'http/no-url',
            'url',
            'The request has no address: give it one that begins with https:// or http://.',
          ),
        ]),
    ...Object.entries(headers)
      // RFC 9110 §5.1 and §5.5: names are tokens, values hold no line ends.
      .filter(([name, value]) => !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n\0]/.test(value))
      .map(([name]) =>
        nodeIssue(
          'http/bad-header',
          `headers[${JSON.stringify(name)}]`,
          `HTTP cannot carry the header ${JSON.stringify(name)}: names hold no spaces or colons, values no line ends.`,
        ),
      ),
    ...(method === 'GET' && body !== undefined
      ? [nodeIssue('http/body-without-use', 'body', 'A GET request has no body: take it out, or choose POST.')]
      : []),
    ...map.flatMap(({ path }, index) =>
      readPath(path) === undefined
        ? [
            nodeIssue(
              'http/bad-path',
              `map[${index}].path`,
              `"${path}" is no path into an answer: write for example slots[0].time, or $ for all of it.`,
            ),
          ]
        : [],
    ),
  ]
}
