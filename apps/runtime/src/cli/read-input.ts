import { createReadStream } from 'node:fs'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'

/** Nothing that a command reads is anywhere near this long; it keeps a wrong file from filling the memory. */
const maxOctets = 100_000_000

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its links go round in a circle',
}

/**
 * Reads a file, or stdin where the name is `-`.
 * @throws CliError with exit code 2 when it cannot be read
 */
export async function readInput(file: string, io: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let octets = 0
  try {
    const source: AsyncIterable<Uint8Array> = file === '-' ? io.stdin : createReadStream(file)
    for await (const chunk of source) {
      chunks.push(chunk)
      octets += chunk.length
      if (octets > maxOctets)
        throw new CliError(exitCodes.use, `Cannot read ${file}: it is over ${maxOctets / 1e6} MB.`)
    }
  } catch (error) {
    if (error instanceof CliError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error))
    throw new CliError(exitCodes.use, `Cannot read ${file}: ${reason}.`, { cause: error })
  }
  return Buffer.concat(chunks)
}

/** The text of UTF-8 octets with its byte order mark, if any; undefined for octets that are not UTF-8. */
export function utf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    return undefined
  }
}
