import { useMemo } from 'react'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { type FlowName, flowNames } from '../../document/texts/flow-names.ts'

/** Every value of the open flow; the same list as long as they are the same. */
export function useFlowNames(): readonly FlowName[] {
  const { registry } = useFlowEditor()
  const variables = useFlow((flow) => flow.variables)
  const params = useFlow((flow) => flow.params)
  const languages = useFlow((flow) => flow.languages)
  const nodes = useFlow((flow) => flow.nodes)
  const text = useMemo(
    () =>
      JSON.stringify(
        flowNames({ languages, nodes, ...(variables && { variables }), ...(params && { params }) }, registry),
      ),
    [variables, params, languages, nodes, registry],
  )
  // Every keystroke in any text makes new nodes, but seldom new names: the text decides.
  return useMemo(() => JSON.parse(text) as readonly FlowName[], [text])
}
