import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { CliError, exitCodes } from './cli-error.ts'

/**
 * Writes a new file in the place of the old, so that nobody ever sees half of it.
 * @throws CliError when it cannot be written
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  try {
    const target = await realpath(file)
    await writeFile(draft, text, { mode: (await stat(target)).mode, flag: 'wx' })
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(exitCodes.use, `Cannot write ${file}: ${reason}.`, { cause: error })
  }
}
