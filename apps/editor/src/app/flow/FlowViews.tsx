import { IconLanguage, IconSitemap, IconTable } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { readTable } from '@textloom/interop/autoresponder'
import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { edgesOf, type FlowState, nodesOf } from '../../document/flow-state.ts'
import { useFlow } from '../../document/hooks.tsx'
import type { FlowView } from './flow-view.ts'

/** The ways in which the open flow can be looked at. */
export function FlowViews({ view }: { view: FlowView }) {
  const flow = useDeferredValue(useFlow((state) => state))
  const hasTable = useHasTable(flow) || view === 'table'
  // On a narrow screen the row of ways is worth its room only where there is something behind them.
  const isQuiet = !hasTable && view === 'canvas' && (flow.languages.others ?? []).length === 0
  return (
    <nav className="tl-flow-views" data-quiet={isQuiet || undefined} aria-label="Ways to look at this flow">
      <View flow={flow.id} name="Canvas" of="canvas">
        <IconSitemap size={17} stroke={1.8} aria-hidden />
      </View>
      {hasTable && (
        <View flow={flow.id} name="Table" of="table">
          <IconTable size={17} stroke={1.8} aria-hidden />
        </View>
      )}
      <View flow={flow.id} name="Translations" of="translations">
        <IconLanguage size={17} stroke={1.8} aria-hidden />
      </View>
    </nav>
  )
}

interface ViewProps {
  readonly flow: string
  readonly name: string
  readonly of: FlowView
  readonly children: ReactNode
}

function View({ flow, name, of, children }: ViewProps) {
  return (
    <Link
      to="/flows/$flowId"
      params={{ flowId: flow }}
      search={of === 'canvas' ? {} : { view: of }}
      activeOptions={{ exact: true }}
      replace
    >
      {children}
      <span>{name}</span>
    </Link>
  )
}

/** A flow has a table once one of its replies could stand in it. */
function useHasTable({ nodes, nodeOrder, edges, edgeOrder }: FlowState): boolean {
  return useMemo(() => {
    const { table } = readTable({ nodes: nodesOf({ nodes, nodeOrder }), edges: edgesOf({ edges, edgeOrder }) })
    return table.keywords.length > 0 || table.rules.length > 0 || table.otherwise !== undefined
  }, [nodes, nodeOrder, edges, edgeOrder])
}
