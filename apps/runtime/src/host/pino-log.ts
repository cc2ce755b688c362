import { type DestinationStream, pino } from 'pino'
import type { Log } from './log.ts'

/** Log lines as JSON, one each, by way of pino; `level` is the least severe that is written. */
export function pinoLog(level: string, destination: DestinationStream): Log {
  const logger = pino(
    // What tells processes of one log apart is `pid`; host names are the collector's business.
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  )
  return (severity, message, fields = {}) => logger[severity](fields, message)
}
