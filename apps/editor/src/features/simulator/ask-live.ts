import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import type { OpenRequest } from './model/run-path.ts'
import type { LiveAnswer } from './model/stubs.ts'

/** Makes a flow's request for real: by the runtime, with the same client, limits and rules as for conversations. */
export async function askLive(flowId: string, { method, url, headers, body }: OpenRequest): Promise<LiveAnswer> {
  try {
    const json = { method: method as 'GET', url, headers: { ...headers }, ...(body === undefined ? {} : { body }) }
    const heard = await ask(api.flows[':id']['http-try'].$post({ param: { id: flowId }, json }))
    if ('error' in heard) return { refusal: heard.message }
    const { status, body: said } = heard
    if (said === undefined) return { answer: { status } }
    return { answer: typeof said === 'string' ? { status, text: said } : { status, json: said } }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}
