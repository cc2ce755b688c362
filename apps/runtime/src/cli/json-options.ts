import { type JsonObject, jsonObjectSchema, type SimulatedContact, simulatedContactSchema } from '@textloom/core'
import * as z from 'zod'
import { CliError, exitCodes } from './cli-error.ts'

/** `--contact JSON`. @throws CliError with exit code 2 */
export function contactOption(text: string): SimulatedContact {
  return jsonOption('--contact', text, simulatedContactSchema, 'phone, name, language, fields and groups')
}

/** An option that takes a JSON object. @throws CliError with exit code 2 */
export function objectOption(name: string, text: string): JsonObject {
  return jsonOption(name, text, jsonObjectSchema, 'an object such as {"time":"10:00"}')
}

/** An option that takes a whole number. @throws CliError with exit code 2 */
export function wholeNumberOption(name: string, text: string): number {
  const number = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new CliError(exitCodes.use, `${name} ${text} is not a whole number.`)
  }
  return number
}

function jsonOption<T>(name: string, text: string, schema: z.ZodType<T>, expected: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CliError(exitCodes.use, `${name} is not JSON: write ${expected}, quoted for your shell.`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const details = z.prettifyError(parsed.error).replaceAll('\n', ' ')
  throw new CliError(exitCodes.use, `${name} does not fit; it takes ${expected}. ${details}`)
}
