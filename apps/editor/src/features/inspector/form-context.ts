import type { FlowVariable } from '@textloom/core'
import { createContext, useContext } from 'react'
import type { FlowName } from '../../document/texts/flow-names.ts'
import type { NameAt } from '../../document/texts/names-at.ts'
import type { FieldProblem } from './model/field-problems.ts'

/** What every field of a form may ask about the flow around it. */
export interface FormSurroundings {
  /** Values that texts and rules can use. */
  readonly names: readonly FlowName[]
  /** Those of them that can exist at this step; worked out when it is asked for. */
  readonly namesHere?: () => readonly NameAt[]
  readonly variables: readonly FlowVariable[]
  readonly problems: readonly FieldProblem[]
  /** Ids of the node's exits, fixed ones too: new entries get others. */
  readonly exits: ReadonlySet<string>
  /** What a person calls the step that an exit leads to; undefined for open exits. */
  readonly leadsTo: (exit: string) => string | undefined
}

const nothing: FormSurroundings = {
  names: [],
  variables: [],
  problems: [],
  exits: new Set(),
  leadsTo: () => undefined,
}

/** Hands the surroundings to all fields of a form. */
export const FormContext = createContext<FormSurroundings>(nothing)

/** The flow around a field. */
export function useForm(): FormSurroundings {
  return useContext(FormContext)
}
