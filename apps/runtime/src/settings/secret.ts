import { hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SettingsError } from './settings-error.ts'

/** The file in the data folder that holds the secret where TEXTLOOM_SECRET is not set. */
export const secretFile = 'secret'

/**
 * The key that stored credentials are encrypted with, 32 octets: of TEXTLOOM_SECRET, else of a secret that is generated
 * into the data folder and readable by its owner only.
 * @throws SettingsError when the file cannot be read or made
 */
export async function loadSecret(settings: {
  readonly secret?: string
  readonly dataDir: string
}): Promise<Uint8Array> {
  const text = settings.secret ?? (await keptSecret(settings.dataDir))
  // The text is a person's: HKDF (RFC 5869) spreads it over the whole key. It slows no guessing; it is to be long.
  return new Uint8Array(hkdfSync('sha256', text, 'textloom', 'stored credentials', 32))
}

/** Whether there is a secret, or the next start would make one. */
export async function hasSecret({
  secret,
  dataDir,
}: {
  readonly secret?: string
  readonly dataDir: string
}): Promise<boolean> {
  return secret !== undefined || (await readFile(join(dataDir, secretFile)).catch(ifAbsent)) !== undefined
}

async function keptSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, secretFile)
  try {
    const kept = await readFile(path, 'utf8').catch(ifAbsent)
    const text = (kept ?? (await generate(dataDir, path))).trim()
    if (text.length >= 32) return text
  } catch (error) {
    throw new SettingsError([
      `The secret in ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}. Make the data folder writable, or set TEXTLOOM_SECRET.`,
    ])
  }
  throw new SettingsError([
    `The secret in ${path} is cut short. Restore the file from a backup, or stored passwords of links must be entered again.`,
  ])
}

/** Written whole under another name first: two processes may start at once, and one must win. */
async function generate(dataDir: string, path: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}.tmp`
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    await link(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  return readFile(path, 'utf8')
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
