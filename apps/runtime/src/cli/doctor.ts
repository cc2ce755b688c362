import { registry as nodes } from '@textloom/nodes'
import { transports } from '@textloom/transports'
import type { Command } from 'commander'
import { readConfigFile } from '../settings/config-file.ts'
import { readSettings, type Settings } from '../settings/environment.ts'
import { exitCodes } from './cli-error.ts'
import { lookAtDataFolder } from './doctor/data-folder.ts'
import { lookAtDatabase } from './doctor/database.ts'
import { type Finding, fine, remark, trouble, wordsOf } from './doctor/finding.ts'
import { lookAtMachine } from './doctor/machine.ts'
import type { Io } from './io.ts'
import { inTheWorld } from './world-errors.ts'

const marks = { fine: 'ok', remark: 'note', trouble: 'FAIL' } as const

/** `textloom doctor`: looks at everything a start rests on, and says what to do. Ends with 3 where something is wrong. */
export function configure(command: Command, io: Io): void {
  command
    .description('Look at everything that a start rests on, and say what to do. Changes nothing.')
    .option('--json', 'print the findings as JSON')
    .action(({ json }: { json?: boolean }) =>
      inTheWorld(async () => {
        const findings = await examine(readSettings(io.env))
        const width = Math.max(...findings.map(({ what }) => what.length))
        const lines = findings.map(
          ({ what, state, says }) => `${marks[state].padEnd(4)}  ${what.padEnd(width)}  ${says}\n`,
        )
        await io.print(json ? `${JSON.stringify(findings, null, 2)}\n` : lines.join(''))
        if (findings.some(({ state }) => state === 'trouble')) io.exitCode = exitCodes.world
      }),
    )
}

async function examine(settings: Settings): Promise<Finding[]> {
  return [
    ...(await lookAtMachine(settings)),
    ...(await lookAtDataFolder(settings)),
    ...(await lookAtConfigFile(settings)),
    ...(await lookAtDatabase(settings, transports)),
    lookAtMail(settings),
  ]
}

function lookAtMail({ smtpUrl }: Settings): Finding {
  return smtpUrl === undefined
    ? remark('e-mail', 'SMTP_URL is not set: notices that flows send by e-mail fail (notify/no-smtp).')
    : fine('e-mail', `Sent by ${new URL(smtpUrl).host}.`)
}

async function lookAtConfigFile({ configFile }: Settings): Promise<Finding[]> {
  if (configFile === undefined) return []
  try {
    const { links, channels, flows } = await readConfigFile(configFile, { nodes, transports })
    const counts = [`${links.length} links`, `${channels.length} channels`, `${flows.length} flows`].join(', ')
    return [fine('config', `${configFile} is in order: ${counts}.`)]
  } catch (error) {
    return [trouble('config', wordsOf(error))]
  }
}
