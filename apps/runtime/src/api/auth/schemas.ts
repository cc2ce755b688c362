import * as z from 'zod'
import { roles } from '../../accounts/role.ts'
import { permissions } from '../access/permissions.ts'
import { textField } from '../http/fields.ts'

export const emailField = textField
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address')

export const nameField = textField.trim().min(1).max(200)

/** Nothing is cut or forbidden here: what is wrong with a new password is said in a sentence of its own. */
const passwordField = textField.min(1).max(10_000)

const tokenField = z.string().regex(/^[\w-]{1,100}$/, 'must be the token of a set-up link')

export const roleSchema = z.enum(roles).meta({ id: 'Role', description: 'What each may do: GET /users/roles.' })

const personSchema = z
  .object({ id: z.uuid(), email: z.string(), name: z.string(), role: roleSchema })
  .meta({ id: 'Person' })

export const meSchema = z
  .object({
    id: z.string().meta({ description: '`user:<id>`, `key:<id>`, …' }),
    label: z.string(),
    user: personSchema.nullable().meta({ description: 'Who is signed in; null for keys.' }),
    role: roleSchema.nullable(),
    permissions: z
      .array(z.enum(permissions as [string, ...string[]]))
      .meta({ description: 'Everything that is allowed, spelt out.' }),
  })
  .meta({ id: 'Me' })

export const signInSchema = z
  .strictObject({ email: textField.max(254), password: passwordField })
  .meta({ id: 'SignIn' })

export const changeMeSchema = z.strictObject({ name: nameField }).meta({ id: 'ChangedMe' })

export const changePasswordSchema = z
  .strictObject({ current: passwordField, password: passwordField.meta({ description: 'The new one.' }) })
  .meta({ id: 'ChangedPassword' })

export const setUpQuery = z.object({ token: tokenField.optional() })

export const setUpStateSchema = z
  .object({
    needed: z.boolean().meta({ description: 'True while nobody can administer the instance.' }),
    link: z.enum(['administrator', 'password']).nullable().meta({
      description:
        'What the token is for: making the first administrator, or choosing a password. Null for none that works.',
    }),
    user: z
      .object({ email: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Whose password is to be chosen.' }),
  })
  .meta({ id: 'SetUpState' })

export const setUpSchema = z
  .strictObject({
    token: tokenField,
    password: passwordField,
    email: emailField.optional().meta({ description: 'Of the first administrator.' }),
    name: nameField.optional().meta({ description: 'Of the first administrator.' }),
  })
  .meta({ id: 'SetUp' })
