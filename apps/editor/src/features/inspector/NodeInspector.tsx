import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { AnyNodeType, FlowNode, Json } from '@textloom/core'
import type { Draft } from 'immer'
import { useMemo, useState } from 'react'
import { useFlow, useFlowEditor, useNodeProblems } from '../../document/hooks.tsx'
import { exitsOf, nodeName } from '../../document/node-reading.ts'
import { namesAt } from '../../document/texts/names-at.ts'
import { type FormEdits, FormField } from './FormField.tsx'
import { focusField } from './focus-field.ts'
import { FormContext, type FormSurroundings } from './form-context.ts'
import { KeywordPreview } from './keyword/KeywordPreview.tsx'
import { type Field, fieldValue, formOf, sectionsOf, shownFields } from './model/field-model.ts'
import { fieldProblems, otherProblems } from './model/field-problems.ts'
import { governs, setField } from './model/form-changes.ts'
import { useFlowNames } from './use-flow-names.ts'

const sectionTitles = { content: '', replies: 'Replies', timing: 'Timing', advanced: 'Advanced' } as const

/** The form of one step, made of what its type says about its data. */
export function NodeInspector({ node, nodeType }: { node: FlowNode; nodeType: AnyNodeType }) {
  const surroundings = useSurroundings(node)
  const edits = useEdits(node.id)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const fields = formOf(nodeType)
  const shown = shownFields(fields, node.data)
  const isOpen = (field: Field) => !waitsToBeAdded(field) || field.key in node.data || opened.has(field.key)
  const others = otherProblems(
    surroundings.problems,
    shown.map(({ key }) => key),
  )
  return (
    <FormContext value={surroundings}>
      {others.length > 0 && (
        <ul className="tl-inspector-problems">
          {others.map(({ message, severity }) => (
            <li key={message} data-severity={severity}>
              {message}
            </li>
          ))}
        </ul>
      )}
      {shown.length === 0 && (
        <p className="tl-inspector-nothing">{nodeType.summary} There is nothing to set: connect what comes next.</p>
      )}
      {sectionsOf(shown).map(({ section, fields: group }) => {
        const open = group.filter(isOpen)
        const closed = group.filter((field) => !isOpen(field))
        return (
          <FormSection
            key={section}
            title={sectionTitles[section]}
            isFolded={section === 'advanced' && open.length === 0}
          >
            {open.map((field) => (
              <FormField
                key={field.key}
                field={field}
                siblings={fields}
                value={fieldValue(field, node.data)}
                path={[field.key]}
                edits={edits}
                onRemove={
                  waitsToBeAdded(field)
                    ? () => {
                        setOpened(without(opened, field.key))
                        edits.set([field.key], fields, undefined)
                      }
                    : undefined
                }
              />
            ))}
            {section === 'content' && node.type === 'keyword' && <KeywordPreview node={node} />}
            {closed.length > 0 && (
              <div className="tl-inspector-adds">
                {closed.map(({ key, title }) => (
                  <Button
                    key={key}
                    variant="default"
                    size="compact-sm"
                    leftSection={<IconPlus size={14} />}
                    onClick={(event) => {
                      setOpened(new Set([...opened, key]))
                      focusField(event.currentTarget.closest('.tl-inspector'), key)
                    }}
                  >
                    {title}
                  </Button>
                ))}
              </div>
            )}
          </FormSection>
        )
      })}
    </FormContext>
  )
}

function FormSection(props: { title: string; isFolded: boolean; children: React.ReactNode }) {
  const { title, isFolded, children } = props
  if (title === '') return <section className="tl-inspector-section">{children}</section>
  return (
    <details className="tl-inspector-section" open={!isFolded}>
      <summary>{title}</summary>
      <div className="tl-inspector-fields">{children}</div>
    </details>
  )
}

/** Larger optional fields are out of the way until somebody wants them; small ones are quicker seen than added. */
function waitsToBeAdded({ isOptional, kind, shownWhen }: Field): boolean {
  // What came into the form by a choice is what that choice is about.
  if (!isOptional || shownWhen) return false
  return ['message', 'duration', 'templates', 'pairs', 'json', 'words', 'days'].includes(kind)
}

function useSurroundings(node: FlowNode): FormSurroundings {
  const { registry, document } = useFlowEditor()
  const names = useFlowNames()
  const variables = useFlow((flow) => flow.variables)
  const nodes = useFlow((flow) => flow.nodes)
  const edges = useFlow((flow) => flow.edges)
  const issues = useNodeProblems(node.id)
  return useMemo(
    () => ({
      names,
      namesHere: () => namesAt(document.getState().flow, names, node.id, registry),
      variables: variables ?? [],
      problems: fieldProblems(issues, registry.get(node.type)),
      exits: new Set(exitsOf(node, registry).map(({ id }) => id)),
      leadsTo: (exit) => {
        const edge = [...edges.values()].find(({ source, sourceHandle }) => source === node.id && sourceHandle === exit)
        const target = edge && nodes.get(edge.target)
        return target && nodeName(target, registry)
      },
    }),
    [names, variables, nodes, edges, issues, node, registry, document],
  )
}

function useEdits(node: string): FormEdits {
  const { commands, registry, document } = useFlowEditor()
  return useMemo(
    () => ({
      set(path, siblings, value) {
        const key = path.at(-1)
        if (typeof key !== 'string' || !governs(siblings, key)) return commands.setNodeData(node, path, value)
        const type = registry.get(document.getState().flow.nodes.get(node)?.type ?? '')
        const title = siblings.find((field) => field.key === key)?.title.toLowerCase() ?? key
        commands.changeNodeData(
          node,
          { label: `Change ${title} of ${type?.title.toLowerCase() ?? 'step'}` },
          (data) => {
            const holder = at(data, path.slice(0, -1))
            if (holder) setField(holder, siblings, key, value)
          },
        )
      },
      editList(path, label, change) {
        commands.changeNodeData(node, { label }, (data) => {
          const holder = at(data, path.slice(0, -1)) as Record<string | number, Json> | undefined
          const list = holder?.[path.at(-1) ?? '']
          if (holder) holder[path.at(-1) ?? ''] = change(Array.isArray(list) ? list : [])
        })
      },
    }),
    [commands, registry, document, node],
  )
}

/** The object at a path within data that is being changed. */
function at(data: Draft<FlowNode['data']>, path: readonly (string | number)[]): Draft<FlowNode['data']> | undefined {
  let found: unknown = data
  for (const key of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  return typeof found === 'object' && found !== null ? (found as Draft<FlowNode['data']>) : undefined
}

function without(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...set].filter((each) => each !== key))
}
