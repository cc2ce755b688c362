import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { engineOf, runNode, type SmscProcess, startSmsc, storageOn, textloom } from '@textloom/runtime/testing/system'

/** Who looks at the pictures' app. */
export const administrator = { email: 'ana@northwind.example', password: 'quiet-loom-4-threads' }
/** Pictures are often taken while the machine does something else, too. */
export const patienceMs = 300_000

/** A runtime in a folder of its own, spoken to as anybody could. */
export interface PicturedInstance {
  readonly url: string
  /** Asks the API as the administrator; answers the body. @throws Error with the problem, unless it was carried out */
  ask<Body = unknown>(method: string, path: string, body?: unknown): Promise<Body>
  /** Posts a file. @throws Error as `ask` does */
  upload<Body = unknown>(path: string, file: string): Promise<Body>
  close(): Promise<void>
}

/** Starts one that declares nothing. */
export function startEmpty(): Promise<PicturedInstance> {
  return start({ links: [], channels: [], flows: [] })
}

/** Starts one that declares a link to a pretend SMSC with the channel 4040, and a loopback link. */
export async function startWithSmsc(): Promise<PicturedInstance & { readonly smsc: SmscProcess }> {
  const smsc = await startSmsc()
  const login = { host: '127.0.0.1', port: smsc.port, systemId: 'textloom', password: 'textloom' }
  const instance = await start({
    links: [
      { id: 'carrier', kind: 'smpp', ...login, bind: 'transceiver' },
      { id: 'phone', kind: 'loopback' },
    ],
    channels: [{ id: '4040', address: '4040', link: 'carrier' }],
    flows: [],
  })
  return {
    ...instance,
    smsc,
    async close() {
      await instance.close()
      smsc.signal('SIGTERM')
      await smsc.ended
    },
  }
}

/** Starts one that nobody can sign in to yet; answers the address where its administrator is made. */
export async function startNew(): Promise<Pick<PicturedInstance, 'url' | 'close'> & { readonly setUpPath: string }> {
  const { storage, runtime } = await launch({ links: [], channels: [], flows: [] }, {})
  const [, link = ''] = await runtime.line(/^Set up your account: (\S+)/, patienceMs)
  const [, url = ''] = await runtime.line(/Textloom is ready on (\S+)/, patienceMs)
  const { pathname, search } = new URL(link)
  return {
    url,
    setUpPath: pathname + search,
    async close() {
      runtime.signal('SIGTERM')
      await runtime.ended
      await storage.remove()
    },
  }
}

async function launch(declared: unknown, env: NodeJS.ProcessEnv) {
  const storage = await storageOn(engineOf('pglite'))
  const configFile = join(storage.dataDir, 'instance.json')
  await writeFile(configFile, JSON.stringify(declared))
  const runtime = runNode([textloom, 'start'], {
    ...storage.env,
    PORT: '0',
    TEXTLOOM_CONFIG: configFile,
    TEXTLOOM_DEFAULT_COUNTRY: 'GB',
    ...env,
  })
  return { storage, runtime }
}

async function start(declared: unknown): Promise<PicturedInstance> {
  const { storage, runtime } = await launch(declared, {
    TEXTLOOM_ADMIN_EMAIL: administrator.email,
    TEXTLOOM_ADMIN_PASSWORD: administrator.password,
  })
  const [, url = ''] = await runtime.line(/Textloom is ready on (\S+)/, patienceMs)
  const signIn = await fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(administrator),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ')
  const send = async <Body>(method: string, path: string, { type, body }: { type: string; body?: string }) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, origin: url, 'content-type': type },
      ...(body !== undefined && { body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Body
  }
  return {
    url,
    ask: (method, path, body) =>
      send(method, path, { type: 'application/json', ...(body !== undefined && { body: JSON.stringify(body) }) }),
    upload: (path, file) => send('POST', path, { type: 'application/octet-stream', body: file }),
    async close() {
      runtime.signal('SIGTERM')
      await runtime.ended
      await storage.remove()
    },
  }
}
