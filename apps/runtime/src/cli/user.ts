import { type Command, Option } from 'commander'
import { endSessionsOf } from '../accounts/browser-sessions.ts'
import { hashPassword } from '../accounts/password-hash.ts'
import { passwordProblem } from '../accounts/password-rules.ts'
import { type Role, roles } from '../accounts/role.ts'
import { makeSetUpToken, voidSetUpTokens } from '../accounts/set-up-tokens.ts'
import { canonicalEmail, findUserByEmail, insertUser, type User, updateUser } from '../accounts/users.ts'
import { readSettings, type Settings } from '../settings/environment.ts'
import { readHandsetFile } from '../settings/handset-file.ts'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { readInput, utf8 } from './read-input.ts'
import { type Instance, withInstance } from './with-instance.ts'
import { inTheWorld } from './world-errors.ts'

interface Common {
  readonly passwordStdin?: boolean
  readonly json?: boolean
}

interface AddOptions extends Common {
  readonly name?: string
  readonly role: Role
}

/** `textloom user add|reset`: people who may sign in. */
export function configure(command: Command, io: Io): void {
  command.description('People who may sign in.')
  const add = command
    .command('add')
    .description('Invite somebody: prints a link that works once, under which they choose a password.')
    .argument('<email>', 'their e-mail address')
    .option('--name <text>', 'their name; default the part before the @')
    .addOption(new Option('--role <role>', 'what they are').choices(roles).default('administrator'))
    .action((email: string, options: AddOptions) => inTheWorld(() => addUser(email, options, io)))
  const reset = command
    .command('reset')
    .description('Sign somebody out everywhere and print a link under which they choose a new password.')
    .argument('<email>', 'their e-mail address')
    .action((email: string, options: Common) => inTheWorld(() => resetUser(email, options, io)))
  for (const one of [add, reset]) {
    one
      .option('--password-stdin', 'take the password from the first line of stdin instead of printing a link')
      .option('--json', 'print JSON')
  }
}

async function addUser(email: string, { name = email.split('@')[0] ?? email, role, ...common }: AddOptions, io: Io) {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new CliError(exitCodes.use, `"${email}" is not an e-mail address.`)
  const settings = readSettings(io.env)
  const passwordHash = await givenPassword(common, { email, name }, io)
  const made = await withInstance(settings, async (instance) => {
    const { tx, now, ids, audit, operator } = instance
    const user = await insertUser(tx, { email, name, role, passwordHash }, { now, ids })
    if (user === undefined) {
      const detail = `There is a user with the e-mail address ${email}. "textloom user reset" gives them a new password.`
      throw new CliError(exitCodes.input, detail)
    }
    await audit.note(tx, { ...operator, action: 'user.created', subject: `user:${user.id}`, data: { role } })
    return { user, token: await tokenFor(instance, user, passwordHash) }
  })
  await say(made, settings, common, io)
}

async function resetUser(email: string, common: Common, io: Io): Promise<void> {
  const settings = readSettings(io.env)
  const passwordHash = await givenPassword(common, { email }, io)
  const reset = await withInstance(settings, async (instance) => {
    const { tx, now, audit, operator } = instance
    const user = await findUserByEmail(tx, email)
    if (user === undefined) throw new CliError(exitCodes.input, `There is no user with the e-mail address ${email}.`)
    // Whoever can run this owns the machine: an account that was switched off comes back, too.
    await updateUser(tx, user.id, { passwordHash, disabledAt: null }, now)
    await endSessionsOf(tx, user.id)
    await audit.note(tx, { ...operator, action: 'user.reset', subject: `user:${user.id}` })
    return { user, token: await tokenFor(instance, user, passwordHash) }
  })
  await say(reset, settings, common, io)
}

/** For a link, where no password was given. */
async function tokenFor({ tx, now }: Instance, { id }: User, passwordHash: string | null): Promise<string | undefined> {
  if (passwordHash === null) return (await makeSetUpToken(tx, id, now)).token
  await voidSetUpTokens(tx, id)
  return undefined
}

async function givenPassword(
  { passwordStdin }: Common,
  about: { readonly email: string; readonly name?: string },
  io: Io,
): Promise<string | null> {
  if (!passwordStdin) return null
  const [password = ''] = (utf8(await readInput('-', io)) ?? '').split(/\r?\n/)
  const problem = passwordProblem(password, { ...about, email: canonicalEmail(about.email) })
  if (problem !== undefined) throw new CliError(exitCodes.input, problem)
  return hashPassword(password)
}

async function say(
  { user, token }: { readonly user: User; readonly token: string | undefined },
  settings: Settings,
  { json }: Common,
  io: Io,
): Promise<void> {
  const link = token === undefined ? undefined : `${await addressOf(settings)}/set-up?token=${token}`
  const { id, email, role } = user
  const text = link ?? `${email} can sign in as ${role}.`
  await io.print(json ? `${JSON.stringify({ id, email, role, ...(link !== undefined && { link }) })}\n` : `${text}\n`)
}

/** Where people reach the instance: as it was told, as it runs now, or as it will start. */
async function addressOf({ publicUrl, dataDir, host, port }: Settings): Promise<string> {
  return publicUrl ?? (await readHandsetFile(dataDir))?.url ?? `http://${host}:${port}`
}
