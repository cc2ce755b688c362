import { Button, Checkbox, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { FlowParam, FlowVariable } from '@textloom/core'
import { useMemo, useRef } from 'react'
import { usesOfName } from '../../../document/commands/rename-name.ts'
import { nodesOf } from '../../../document/flow-state.ts'
import { useFlow, useFlowEditor, useProblems } from '../../../document/hooks.tsx'
import { languageChoices } from '../../../shared/words/languages.ts'
import { CommitInput } from '../CommitInput.tsx'
import { DurationControl } from '../fields/DurationControl.tsx'
import { FieldShell } from '../fields/FieldShell.tsx'
import { freeName } from '../model/as-name.ts'
import type { Field } from '../model/field-model.ts'
import { DefaultInput, NameRow } from './NameRow.tsx'

/** What is true of the flow as a whole; shown while no step is picked out. */
export function FlowInspector() {
  const { commands } = useFlowEditor()
  const name = useFlow((flow) => flow.name)
  const base = useFlow((flow) => flow.languages.base)
  const expiry = useFlow((flow) => flow.settings?.expiry)
  const settings = useFlow((flow) => flow.settings)
  const testCount = useFlow((flow) => flow.tests?.length ?? 0)
  const languages = useMemo(() => [...languageChoices(base)], [base])
  return (
    <>
      <section className="tl-inspector-section">
        <FieldShell place="name" label="Name">
          {({ inputId }) => (
            <CommitInput id={inputId} value={name} maxLength={200} onCommit={(text) => commands.rename(text)} />
          )}
        </FieldShell>
        <FieldShell
          place="languages.base"
          label="Language"
          help="The language the texts are written in. The service's own words (STOP, HELP) follow the contact."
        >
          {({ inputId }) => (
            <Select
              id={inputId}
              data={languages}
              value={base}
              searchable
              allowDeselect={false}
              comboboxProps={{ shadow: 'md' }}
              nothingFoundMessage="No such language in the list"
              onChange={(next) => next !== null && commands.setBaseLanguage(next)}
            />
          )}
        </FieldShell>
        <FieldShell place="settings.expiry" label={expiryField.title} help={expiryField.description}>
          {(ids) => (
            <DurationControl
              field={expiryField}
              value={expiry}
              ids={ids}
              onChange={(next) => {
                const { expiry: _, ...others } = settings ?? {}
                commands.setSettings(typeof next === 'string' ? { ...others, expiry: next } : others)
              }}
            />
          )}
        </FieldShell>
      </section>
      <Variables />
      <Params />
      <section className="tl-inspector-section">
        <h3>Saved tests</h3>
        <p className="tl-inspector-nothing">
          {testCount === 0
            ? 'None yet. Hold a conversation on the phone and keep it: it is played again before every publishing.'
            : `${testCount === 1 ? '1 conversation is' : `${testCount} conversations are`} kept. Run and change them on the phone, under Tests.`}
        </p>
      </section>
    </>
  )
}

const expiryField: Field = {
  key: 'expiry',
  kind: 'duration',
  title: 'Ends without a reply after',
  description: 'A conversation nobody answers ends after this time; 7 days when empty. Waits of the flow come on top.',
  section: 'content',
  isOptional: true,
  usual: 'P7D',
}

function Variables() {
  const { commands } = useFlowEditor()
  const variables = useFlow((flow) => flow.variables) ?? noVariables
  const { usesOf, showUse, problemsOf } = useUses('variable')
  const put = (index: number, variable: FlowVariable) => commands.setVariables(variables.with(index, variable))
  return (
    <section className="tl-inspector-section">
      <h3>Variables</h3>
      <p className="tl-inspector-nothing">
        What the flow remembers about one conversation. A question declares its own; more can be added here.
      </p>
      <ul className="tl-name-rows">
        {variables.map(({ name, type, default: usual }, index) => (
          <NameRow
            key={name}
            noun="variable"
            name={name}
            type={type}
            uses={usesOf(name).length}
            problems={problemsOf('variables', index)}
            onRename={(next) => next !== '' && commands.renameName('variable', name, next)}
            // A default of the old type would not fit the new one.
            onType={(next) => put(index, { name, type: next })}
            onRemove={() => commands.setVariables(variables.toSpliced(index, 1))}
            onShowUses={() => showUse(name)}
          >
            <DefaultInput
              name={name}
              type={type}
              value={usual as Parameters<typeof DefaultInput>[0]['value']}
              onChange={(next) =>
                put(index, { name, type, ...(next === undefined ? {} : { default: structuredClone(next) as never }) })
              }
            />
          </NameRow>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} />}
        onClick={() =>
          commands.setVariables([...variables, { name: freeName('value', namesOf(variables)), type: 'text' }])
        }
      >
        Add a variable
      </Button>
    </section>
  )
}

function Params() {
  const { commands } = useFlowEditor()
  const params = useFlow((flow) => flow.params) ?? noParams
  const { usesOf, showUse, problemsOf } = useUses('param')
  const put = (index: number, param: FlowParam) => commands.setParams(params.with(index, param))
  return (
    <section className="tl-inspector-section">
      <h3>Parameters</h3>
      <p className="tl-inspector-nothing">What a campaign or the API hands in when it starts the flow for a contact.</p>
      <ul className="tl-name-rows">
        {params.map(({ name, type, required }, index) => (
          <NameRow
            key={name}
            noun="parameter"
            name={name}
            type={type}
            uses={usesOf(name).length}
            problems={problemsOf('params', index)}
            onRename={(next) => next !== '' && commands.renameName('param', name, next)}
            onType={(next) => put(index, { name, type: next, ...(required === undefined ? {} : { required }) })}
            onRemove={() => commands.setParams(params.toSpliced(index, 1))}
            onShowUses={() => showUse(name)}
          >
            <Checkbox
              size="xs"
              label="required"
              checked={required === true}
              onChange={({ currentTarget }) =>
                put(index, { name, type, ...(currentTarget.checked && { required: true }) })
              }
            />
          </NameRow>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} />}
        onClick={() => commands.setParams([...params, { name: freeName('param', namesOf(params)), type: 'text' }])}
      >
        Add a parameter
      </Button>
    </section>
  )
}

const noVariables: readonly FlowVariable[] = []
const noParams: readonly FlowParam[] = []

/** Who uses a name, with a way to go from one to the next. */
function useUses(kind: 'variable' | 'param') {
  const { registry, view } = useFlowEditor()
  const nodes = useFlow((flow) => flow.nodes)
  const nodeOrder = useFlow((flow) => flow.nodeOrder)
  const issues = useProblems()
  const shown = useRef(new Map<string, number>())
  const list = useMemo(() => nodesOf({ nodes, nodeOrder }), [nodes, nodeOrder])
  const usesOf = (name: string) => usesOfName(list, kind, name, registry)
  return {
    usesOf,
    showUse(name: string) {
      const uses = usesOf(name)
      const next = ((shown.current.get(name) ?? -1) + 1) % uses.length
      shown.current.set(name, next)
      const node = uses[next]?.node
      if (node !== undefined) view.show(node, { focus: false })
    },
    problemsOf(section: 'variables' | 'params', index: number) {
      const place = `${section}[${index}]`
      return issues.filter(({ path }) => path === place || path.startsWith(`${place}.`)).map(({ message }) => message)
    },
  }
}

function namesOf(list: readonly { readonly name: string }[]): ReadonlySet<string> {
  return new Set(list.map(({ name }) => name))
}
