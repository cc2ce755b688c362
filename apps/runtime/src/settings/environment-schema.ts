import ipaddr from 'ipaddr.js'
import { isSupportedCountry } from 'libphonenumber-js'
import * as z from 'zod'
import { parseDatabaseUrl } from '../db/database-url.ts'

/*
 * Every setting of CONTRACT §2 as the text it stands as in the environment. A message continues the sentence that
 * begins with the setting's name.
 */

/** What pino calls the severities of log lines. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const url = (schemes: readonly string[], says: string) =>
  z.string().refine((text) => schemes.includes(URL.parse(text)?.protocol ?? ''), says)

const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
)

/** Proxies whose X-Forwarded-For counts: none, as many hops as the number says, or those at the listed addresses. */
export type TrustedProxies = false | number | readonly string[]

const trustProxy = z.string().transform((text, context): TrustedProxies => {
  if (/^(?:false|0)$/i.test(text)) return false
  if (/^(?:true|\d)$/i.test(text)) return Number(text) || 1
  const entries = commaList.parse(text)
  if (entries.every(isNetwork)) return entries
  context.addIssue('must be true, false, a number of proxies, or a comma list of addresses such as 10.0.0.0/8')
  return z.NEVER
})

/** The environment as text → settings by their own names. Strict: what is not here is no setting. */
export const environmentSchema = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'must be an address or host name to listen on, such as 127.0.0.1')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a port number from 0 to 65535')
    .transform(Number)
    .default(3000),
  DATABASE_URL: z
    .string()
    .refine(
      (text) => parseDatabaseUrl(text) !== undefined,
      'must be the address of a database, such as postgres://user:password@host:5432/textloom',
    )
    .optional(),
  TEXTLOOM_DATA_DIR: z.string().default('./data'),
  TEXTLOOM_CONFIG: z.string().optional(),
  TEXTLOOM_ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address')
    .optional(),
  TEXTLOOM_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  TEXTLOOM_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .optional(),
  TEXTLOOM_SECRET: z.string().optional(),
  TEXTLOOM_DEFAULT_COUNTRY: z
    .string()
    .transform((text) => text.toUpperCase())
    .refine((code) => isSupportedCountry(code), 'must be a country code of two letters, such as HU')
    .optional(),
  TEXTLOOM_ALLOW_PRIVATE: commaList
    .refine(
      (entries) => entries.every((entry) => isNetwork(entry) || isHostAndPort(entry)),
      'must be a comma list of host:port or CIDR, such as 127.0.0.1:8080,10.1.0.0/16',
    )
    .default([]),
  PUBLIC_URL: url(['http:', 'https:'], 'must be an address that begins with http:// or https://')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'must be an address that begins with smtp:// or smtps://').optional(),
  TRUST_PROXY: trustProxy.default(false),
  TEXTLOOM_TRACE_LINKS: commaList.default([]),
  TEXTLOOM_TRACE_TEXTS: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .default(false),
  TEXTLOOM_RETENTION_DAYS: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 7, 'must be a whole number of days from 7 on')
    .transform(Number)
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(environmentSchema.shape)

/** Settings whose value must never be repeated to a terminal or a log. */
export const secretSettings: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'SMTP_URL',
  'TEXTLOOM_ADMIN_PASSWORD',
  'TEXTLOOM_API_KEY',
  'TEXTLOOM_SECRET',
])

function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}

function isHostAndPort(text: string): boolean {
  const found = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[\w.-]+)):(?<port>\d{1,5})$/.exec(text)?.groups
  return (
    found !== undefined && Number(found.port) <= 65_535 && (found.v6 === undefined || ipaddr.IPv6.isValid(found.v6))
  )
}
