import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import type { OpenRequest } from './model/run-path.ts'
import type { LiveAnswer } from './model/stubs.ts'

type Tried = Parameters<(typeof api.flows)[':id']['http-try']['$post']>[0]['json']
type Method = Tried['method']
/** JSON as the client types it, which may be written to; ours may not. */
type Body = NonNullable<Tried['body']>

/** Makes a flow's request for real: by the runtime, with the same client, limits and rules as for conversations. */
export async function askLive(flowId: string, { method, url, headers, body }: OpenRequest): Promise<LiveAnswer> {
  try {
    const request = api.flows[':id']['http-try'].$post({
      param: { id: flowId },
      json: {
        method: method as Method,
        url,
        headers,
        ...(body === undefined ? {} : { body: structuredClone(body) as Body }),
      },
    })
    const heard = await ask(request)
    if ('error' in heard) return { refusal: heard.message }
    const { status, body: said } = heard
    return { answer: typeof said === 'string' ? { status, text: said } : { status, json: said as Body } }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}
