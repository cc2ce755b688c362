import type { FlowDocument } from '@textloom/core'
import type { RunningRuntime } from '@textloom/runtime/testing/system'

/** Flows as somebody works on them. All of these throw an Error where the API refuses. */
export interface FlowsByApi {
  create(flow: FlowDocument): Promise<void>
  change(flow: FlowDocument): Promise<void>
  /** On 4040; answers the number of the revision. */
  publish(id: string): Promise<number>
  /** Makes the draft what a revision was. */
  restore(id: string, revision: number): Promise<void>
}

/** @param runtime the one that runs at each moment */
export function flowsBy(runtime: () => RunningRuntime): FlowsByApi {
  async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await runtime().api(`/api/v1/flows${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} /api/v1/flows${path}: ${response.status} ${await response.text()}`)
    return response
  }
  const etagOf = async (id: string) => (await ask('GET', `/${id}`)).headers.get('etag') ?? ''
  return {
    create: async (flow) => void (await ask('POST', '', flow)),
    change: async (flow) => void (await ask('PUT', `/${flow.id}`, flow, { 'if-match': await etagOf(flow.id) })),
    async publish(id) {
      const response = await ask('POST', `/${id}/publish`, { channels: ['4040'] })
      return ((await response.json()) as { revision: number }).revision
    },
    restore: async (id, revision) =>
      void (await ask('POST', `/${id}/revisions/${revision}/restore`, undefined, { 'if-match': await etagOf(id) })),
  }
}
