import * as z from 'zod'
import { maxNameLength } from './limits.ts'

/** Names that people give and that are compared as they stand, so that nothing in them is computed. */
export const plainNameSchema = z
  .string()
  .min(1)
  .max(maxNameLength)
  .regex(/^[^{}\s](?:[^{}]*[^{}\s])?$/u, 'must neither hold braces nor begin or end with a space')
