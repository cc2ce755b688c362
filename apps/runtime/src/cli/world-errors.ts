import { BackupError } from '../db/backup/backup-error.ts'
import { DatabaseError } from '../db/engine/database-error.ts'
import { MigrationError } from '../db/migrate.ts'
import { SqlError } from '../db/sql.ts'
import { ListenError } from '../listen-error.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { CliError, exitCodes } from './cli-error.ts'

/** Runs a command that needs settings and the world, and gives what they throw their exit codes (CONTRACT §4). */
export async function inTheWorld(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (error instanceof SettingsError) throw new CliError(exitCodes.use, error.message, { cause: error })
    if (error instanceof BackupError) {
      throw new CliError(error.fault === 'file' ? exitCodes.input : exitCodes.world, error.message, { cause: error })
    }
    if (isOfTheWorld(error)) throw new CliError(exitCodes.world, error.message, { cause: error })
    throw error
  }
}

/** The database, its migrations, a port in use, a folder that may not be written. */
function isOfTheWorld(error: unknown): error is Error {
  if (error instanceof DatabaseError || error instanceof MigrationError || error instanceof SqlError) return true
  if (error instanceof ListenError) return true
  return error instanceof Error && 'syscall' in error
}
