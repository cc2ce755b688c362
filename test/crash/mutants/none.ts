/** No mutant: the product as it is, started in the way of the mutants, which are compared with it. */
import { runDoorless } from '../doorless.ts'

await runDoorless()
