import { erasedHashBy } from '../../people/actor.ts'
import { secretBox } from '../../settings/secret-box.ts'

/** The hash under which the instances of tests remember a phone that was erased. */
export const hashOf = erasedHashBy(secretBox(Buffer.alloc(32, 7)))
