import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useForm } from '../form-context.ts'
import { TemplateText } from '../text/TemplateText.tsx'
import type { ControlProps } from './simple-fields.tsx'

type Pair = readonly [name: string, value: string]

/** Names and values side by side. A pair without a name, or with one that stands above, waits here until it has its own. */
export function PairsControl({ field, value, onChange, ids }: ControlProps) {
  const { names } = useForm()
  const stored = Object.entries(typeof value === 'object' && value !== null ? value : {}) as Pair[]
  const [pairs, setPairs] = useState<readonly Pair[]>(stored)
  const storedText = JSON.stringify(stored)
  useEffect(() => {
    setPairs((there) => (JSON.stringify(named(there)) === storedText ? there : JSON.parse(storedText)))
  }, [storedText])
  const change = (next: readonly Pair[]) => {
    setPairs(next)
    const kept = named(next)
    onChange(kept.length === 0 && field.isOptional ? undefined : Object.fromEntries(kept))
  }
  const put = (index: number, pair: Pair) => change(pairs.with(index, pair))
  return (
    <div className="tl-pairs" id={ids.inputId}>
      {pairs.map(([name, text], index) => (
        <div className="tl-pair" key={index}>
          <TextInput
            size="xs"
            aria-label={`Name ${index + 1}`}
            placeholder={field.pairs?.name ?? ''}
            value={name}
            error={name !== '' && pairs.findIndex(([other]) => other === name) < index}
            spellCheck={false}
            onChange={({ currentTarget }) => put(index, [currentTarget.value, text])}
          />
          <TemplateText
            label={`Value of ${name || `name ${index + 1}`}`}
            lines="one"
            names={names}
            placeholder={field.pairs?.value ?? ''}
            value={text}
            onChange={(next) => put(index, [name, next])}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name || `pair ${index + 1}`}`}
            onClick={() => change(pairs.toSpliced(index, 1))}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} />}
        onClick={() => setPairs([...pairs, ['', '']])}
      >
        Add a pair
      </Button>
    </div>
  )
}

function named(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.filter(([name], index) => name !== '' && pairs.findIndex(([other]) => other === name) === index)
}
