import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../../shared/api/request.ts'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'

interface FlowList {
  readonly items: readonly { readonly id: string; readonly name: string }[]
}

/** Every conversation of this instance. */
export function FlowsPage() {
  const flows = useQuery({ queryKey: ['flows'], queryFn: () => ask<FlowList>(fetch('/api/v1/flows')) })
  if (flows.isPending) return <LoadingState what="flows" />
  if (flows.isError) return <ErrorState error={flows.error} retry={() => void flows.refetch()} />
  if (flows.data.items.length === 0)
    return (
      <EmptyState icon={<IconRoute size={28} />} title="No conversations yet">
        A flow is a conversation you draw once and Textloom holds with everybody who texts in.
      </EmptyState>
    )
  return (
    <ul>
      {flows.data.items.map((flow) => (
        <li key={flow.id}>{flow.name}</li>
      ))}
    </ul>
  )
}
