import type { Definition } from './use-campaigns.ts'

/** What each step of the editor is given. */
export interface StepProps {
  readonly definition: Definition
  /** What is wrong with which field. */
  readonly fields: ReadonlyMap<string, string>
  readonly isOff: boolean
  change(changed: Partial<Definition>): void
}
