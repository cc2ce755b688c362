import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { didYouMean } from '@textloom/core'
import type * as z from 'zod'
import { environmentSchema, secretSettings, settingNames, type TrustedProxies } from './environment-schema.ts'
import { SettingsError } from './settings-error.ts'

/** What an operator decides (CONTRACT §2); paths are absolute. */
export interface Settings {
  readonly host: string
  /** 0: the operating system chooses. */
  readonly port: number
  /** Absent for a database of our own in `dataDir`. */
  readonly databaseUrl?: string
  readonly dataDir: string
  readonly configFile?: string
  /** The first administrator. */
  readonly admin?: { readonly email: string; readonly password: string }
  /** A key with all permissions, for provisioning. */
  readonly apiKey?: string
  /** What stored credentials are encrypted with; absent: generated into the data folder. */
  readonly secret?: string
  /** ISO 3166 code for national numbers on channels without one. */
  readonly defaultCountry?: string
  /** `host:port` or CIDR that outgoing HTTP may reach although private. */
  readonly allowPrivate: readonly string[]
  /** Without a slash at its end. */
  readonly publicUrl?: string
  readonly smtpUrl?: string
  readonly trustProxy: TrustedProxies
  /** Links whose traffic is logged, by id; `*` for all. */
  readonly traceLinks: readonly string[]
  /** Whether a trace shows texts and numbers. */
  readonly traceTexts: boolean
  /** How many days messages and events are kept; absent for good. */
  readonly retentionDays?: number
  readonly logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL']
}

/** Names and values, as in `process.env`. */
export type Environment = { readonly [name: string]: string | undefined }

/**
 * Reads the settings: the environment beats the file `.env` in `cwd`, empty values count as absent.
 * @throws SettingsError that names everything wrong at once
 */
export function readSettings(environment: Environment, cwd = process.cwd()): Settings {
  const given = filled({ ...readEnvFile(resolve(cwd, '.env')), ...filled(environment) })
  const parsed = environmentSchema.safeParse(given)
  const faults = [
    ...unknownNames(given),
    ...(parsed.success ? [] : parsed.error.issues.map((one) => faultOf(one, given))),
  ]
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults)
  return settingsOf(parsed.data, cwd)
}

function settingsOf(env: z.infer<typeof environmentSchema>, cwd: string): Settings {
  return {
    host: env.HOST,
    port: env.PORT,
    ...present('databaseUrl', env.DATABASE_URL),
    dataDir: resolve(cwd, env.TEXTLOOM_DATA_DIR),
    ...present('configFile', env.TEXTLOOM_CONFIG && resolve(cwd, env.TEXTLOOM_CONFIG)),
    ...present('admin', adminOf(env)),
    ...present('apiKey', env.TEXTLOOM_API_KEY),
    ...present('secret', env.TEXTLOOM_SECRET),
    ...present('defaultCountry', env.TEXTLOOM_DEFAULT_COUNTRY),
    allowPrivate: env.TEXTLOOM_ALLOW_PRIVATE,
    ...present('publicUrl', env.PUBLIC_URL),
    ...present('smtpUrl', env.SMTP_URL),
    trustProxy: env.TRUST_PROXY,
    traceLinks: env.TEXTLOOM_TRACE_LINKS,
    traceTexts: env.TEXTLOOM_TRACE_TEXTS,
    ...present('retentionDays', env.TEXTLOOM_RETENTION_DAYS),
    logLevel: env.LOG_LEVEL,
  }
}

function adminOf(env: z.infer<typeof environmentSchema>): Settings['admin'] {
  const { TEXTLOOM_ADMIN_EMAIL: email, TEXTLOOM_ADMIN_PASSWORD: password } = env
  if (email === undefined && password === undefined) return undefined
  if (email !== undefined && password !== undefined) return { email, password }
  const [there, missing] = email === undefined ? ['PASSWORD', 'EMAIL'] : ['EMAIL', 'PASSWORD']
  throw new SettingsError([
    `TEXTLOOM_ADMIN_${there} is set and TEXTLOOM_ADMIN_${missing} is not: set both, or neither.`,
  ])
}

function unknownNames(given: Environment): string[] {
  const ours = settingNames.filter((name) => name.startsWith('TEXTLOOM_'))
  return Object.keys(given)
    .filter((name) => name.startsWith('TEXTLOOM_') && !ours.includes(name))
    .map((name) => `${name} is not a setting.${didYouMean(name, ours) || ` Those are ${ours.join(', ')}.`}`)
}

function faultOf({ path, message }: z.core.$ZodIssue, given: Environment): string {
  const name = String(path[0])
  return `${name} ${message}${secretSettings.has(name) ? '' : `, not ${JSON.stringify(given[name])}`}.`
}

function readEnvFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new SettingsError([`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`])
  }
}

/** Compose files and shells write `NAME=` for what is not set. */
function filled(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
}

function present<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value }
}
