import { Modal } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { type Action, actionRegistry } from '../../shared/actions/action-registry.ts'
import { useActionKeys, useActions } from '../../shared/actions/use-actions.ts'
import { KeyCaps } from '../../shared/ui/key-caps.tsx'
import './shortcut-help.css'

/** Listens for every shortcut of the page, and lists them all on "?". */
export function ShortcutHelp() {
  const [isOpen, setOpen] = useState(false)
  const own = useMemo(
    (): Action[] => [
      { id: 'help', label: 'Show all shortcuts', group: 'Everywhere', keys: ['?'], run: () => setOpen(true) },
      {
        id: 'palette',
        label: 'Find a command',
        group: 'Everywhere',
        keys: ['mod+k'],
        isListedOnly: true,
        isKeyOnly: true,
        run: () => undefined,
      },
    ],
    [],
  )
  useActions(own)
  useActionKeys()
  const actions = useStore(actionRegistry, (registry) => registry.actions)
  const groups = [
    ...Map.groupBy(
      actions.filter(({ keys }) => keys?.length),
      ({ group }) => group,
    ),
  ]
  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title="Shortcuts" size="xl">
      <div className="tl-shortcuts">
        {groups.map(([group, list]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {list.map(({ id, label, keys: [first] = [] }) => (
                <div key={id}>
                  <dt>{label}</dt>
                  <dd>{first !== undefined && <KeyCaps keys={first} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
