import * as z from 'zod'
import { emailField, nameField, roleSchema } from '../auth/schemas.ts'

export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    state: z.enum(['active', 'invited', 'disabled']).meta({ description: '`invited`: no password was chosen yet.' }),
    enabled: z.boolean(),
    createdAt: z.iso.datetime(),
    lastSignInAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'User' })

const invitation = z
  .object({
    link: z.string().meta({ description: 'Shown this once: whoever opens it chooses the password.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' })

export const invitedSchema = z.object({ user: userSchema, invitation }).meta({ id: 'InvitedUser' })

export const newUserSchema = z
  .strictObject({ email: emailField, name: nameField, role: roleSchema })
  .meta({ id: 'NewUser' })

export const changedUserSchema = z
  .strictObject({ name: nameField.optional(), role: roleSchema.optional(), enabled: z.boolean().optional() })
  .meta({ id: 'ChangedUser', description: 'What is left out stays as it is.' })

export const roleItemSchema = z
  .object({ role: roleSchema, permissions: z.array(z.string()) })
  .meta({ id: 'RolePermissions' })
