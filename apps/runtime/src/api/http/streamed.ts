import { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { ApiEnv } from './env.ts'

/** A file that is made while it is sent, for a browser to save under this name. */
export function streamed(
  c: Context<ApiEnv>,
  content: AsyncIterable<string | Uint8Array>,
  { name, type }: { readonly name: string; readonly type: string },
) {
  // RFC 6266: a name for all, and the real one for those who know how.
  const plain = name.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, '')
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`
  const body = Readable.toWeb(Readable.from(encoded(content), { objectMode: false })) as ReadableStream<Uint8Array>
  return c.body(body, 200, { 'content-type': type, 'content-disposition': disposition })
}

async function* encoded(content: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of content) yield typeof part === 'string' ? Buffer.from(part) : part
}
