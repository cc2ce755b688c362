import { stepSchemaWith } from '../../pretend/script-steps.ts'
import { faultSchema } from './faults.ts'

/** One line of a script for the pretend SMSC of SMPP. */
export const stepSchema = stepSchemaWith(faultSchema)
