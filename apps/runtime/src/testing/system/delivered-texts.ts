import type { RunningRuntime } from './instance.ts'
import { until } from './until.ts'

/** The texts to a phone that the product knows to be delivered, oldest first, once there are `count`. */
export async function deliveredTexts(runtime: RunningRuntime, phone: string, count: number): Promise<string[]> {
  const query = new URLSearchParams({ phone, direction: 'mt', status: 'delivered', limit: '200' })
  let texts: string[] = []
  const look = async () => {
    const response = await runtime.api(`/api/v1/messages?${query}`)
    if (!response.ok) throw new Error(`GET /api/v1/messages: ${response.status} ${await response.text()}`)
    const { items } = (await response.json()) as { items: { text: string }[] }
    texts = items.map(({ text }) => text).reverse()
    return texts.length >= count
  }
  await until(look, () => `${count} delivered texts; there are ${JSON.stringify(texts)}`)
  return texts
}
