import { formatFlow, parseFlowValue } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { menuFlow } from '../testing/menu-flow.ts'
import { runtimeStorage } from './flow-storage.ts'

const text = formatFlow(menuFlow(), registry)

/** A runtime that answers a PUT like this, and a GET with the menu. */
function storageWith(put: Response | undefined, allow = 'GET, HEAD, PUT, DELETE') {
  const read = (body: unknown) => {
    const parsed = parseFlowValue(body, registry)
    if (!parsed.ok) throw new Error('no flow')
    return parsed.flow
  }
  return runtimeStorage(read, async (_path, init) => {
    if (init?.method !== 'PUT') return new Response(text, { headers: { etag: '"2"', allow } })
    if (!put) throw new TypeError('no connection')
    return put
  })
}

const problem = (status: number, code: string) =>
  Response.json({ status, code, title: 'No', detail: 'Because.' }, { status })

test.each([
  { what: 'a new tag', put: new Response('{}', { headers: { etag: '"2"' } }), is: { kind: 'saved', etag: '"2"' } },
  { what: 'that somebody was faster', put: problem(409, 'flows/changed'), is: { kind: 'conflict' } },
  {
    what: 'that a file declares it',
    put: problem(409, 'config/read-only'),
    is: { kind: 'refused', message: 'Because.', issues: [] },
  },
  { what: 'that it is not allowed', put: problem(403, 'auth/forbidden'), is: { kind: 'refused', message: 'Because.' } },
  { what: 'that nobody is signed in', put: problem(401, 'auth/required'), is: { kind: 'signed-out' } },
  { what: 'that it cannot store now', put: problem(503, 'database/away'), is: { kind: 'offline' } },
  { what: 'nothing', put: undefined, is: { kind: 'offline' } },
])('a save is answered with $what: $is.kind', async ({ put, is }) => {
  expect(await storageWith(put).save('menu', text, '"1"')).toMatchObject(is)
})

test.each([
  { allow: 'GET, HEAD, PUT, DELETE', isDeclared: false },
  { allow: 'GET, HEAD', isDeclared: true },
])('a flow that may be asked for with $allow is declared by a file: $isDeclared', async ({ allow, isDeclared }) => {
  expect(await storageWith(undefined, allow).load('menu')).toMatchObject({ etag: '"2"', isDeclared })
})
