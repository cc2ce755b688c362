import { stepSchemaWith } from '../../pretend/script-steps.ts'
import { framedFaultSchema } from './faults.ts'

/** One line of a script for the pretend SMSC of UCP or CIMD2. */
export const framedStepSchema = stepSchemaWith(framedFaultSchema)
