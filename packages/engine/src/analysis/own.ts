import type { Check } from './subject.ts'

/** What node types find wrong with their own nodes. */
export const checkOwn: Check = ({ nodes }) =>
  nodes.flatMap(({ id, index, nodeType, data }) =>
    (nodeType.check?.(data) ?? []).map(({ code, severity, path, message }) => ({
      code,
      severity,
      kind: 'soundness' as const,
      node: id,
      path: `nodes[${index}].data${path === '' || path.startsWith('[') ? path : `.${path}`}`,
      message,
    })),
  )
