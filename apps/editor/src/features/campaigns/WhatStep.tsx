import { Button, Input, NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { IconPlus, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { channelListQuery } from '../../shared/api/channel-list.ts'
import { flowListQuery } from '../../shared/api/flow-list.ts'
import { contentOf, nextLetter } from './model/new-campaign.ts'
import type { StepProps } from './step-props.ts'
import { type Definition, useCampaignDeeds } from './use-campaigns.ts'
import { VariantTexts } from './VariantTexts.tsx'

/** What goes out: a message in as many languages as there are, or a flow; in up to five variants. */
export function WhatStep(props: StepProps & { readonly campaignId: string; readonly isSaved: boolean }) {
  const { definition, fields, isOff, change, campaignId, isSaved } = props
  const { content, channel, alert } = definition
  const channels = useQuery(channelListQuery).data?.items ?? []
  const flows = useQuery(flowListQuery(false)).data?.items ?? []
  const languages = channels.find(({ id }) => id === channel)?.languages ?? ['en']
  const letters = content.variants.map(({ id }) => id)
  const letter = nextLetter(letters)
  const setVariants = (variants: Definition['content']['variants']) =>
    change({ content: { ...content, variants } as Definition['content'] })
  const replace = (id: string, changed: object) =>
    setVariants(
      content.variants.map((one) => (one.id === id ? { ...one, ...changed } : one)) as typeof content.variants,
    )
  const add = () => {
    const [first] = content.variants
    if (letter === undefined || first === undefined) return
    setVariants([...content.variants, { ...first, id: letter }] as typeof content.variants)
  }

  return (
    <div className="tl-form">
      <div className="tl-form-pair">
        <NativeSelect
          label="Channel"
          description="The address it comes from, where replies go."
          disabled={isOff}
          value={channel}
          error={fields.get('channel')}
          data={channels.map(({ id, address }) => ({ value: id, label: id === address ? id : `${id} (${address})` }))}
          onChange={({ currentTarget }) => change({ channel: currentTarget.value })}
        />
        {alert === undefined && (
          <Input.Wrapper labelElement="div" label="It sends">
            <SegmentedControl
              fullWidth
              aria-label="It sends"
              disabled={isOff}
              value={content.kind}
              data={[
                { value: 'message', label: 'A message' },
                { value: 'flow', label: 'A flow' },
              ]}
              onChange={(kind) =>
                change({ content: contentOf(kind as typeof content.kind, languages[0] ?? 'en', flows[0]?.id ?? '') })
              }
            />
          </Input.Wrapper>
        )}
      </div>
      {content.variants.map((variant) => (
        <fieldset key={variant.id} className="tl-campaign-variant" disabled={isOff}>
          {content.variants.length > 1 && (
            <legend>
              Variant {variant.id}
              <NumberInput
                aria-label={`Weight of variant ${variant.id}`}
                size="xs"
                w={84}
                min={1}
                max={100}
                suffix=" parts"
                value={variant.weight}
                onChange={(weight) => replace(variant.id, { weight: Number(weight) || 1 })}
              />
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                onClick={() =>
                  setVariants(content.variants.filter(({ id }) => id !== variant.id) as typeof content.variants)
                }
              >
                Remove
              </Button>
            </legend>
          )}
          {'texts' in variant ? (
            <VariantTexts
              texts={variant.texts}
              languages={languages}
              name={content.variants.length > 1 ? `, variant ${variant.id}` : ''}
              onChange={(texts) => replace(variant.id, { texts })}
            />
          ) : (
            <NativeSelect
              label="Flow"
              description="As it is published then; it begins at its campaign start, else at its API start."
              value={variant.flow}
              data={[
                ...(flows.some(({ id }) => id === variant.flow)
                  ? []
                  : [{ value: variant.flow, label: 'Choose a flow' }]),
                ...flows.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={({ currentTarget }) => replace(variant.id, { flow: currentTarget.value })}
            />
          )}
        </fieldset>
      ))}
      {!isOff && letter !== undefined && alert === undefined && (
        <div>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
            {content.variants.length === 1 ? 'Try a second variant (A/B)' : 'Add a variant'}
          </Button>
        </div>
      )}
      {content.kind === 'message' && alert === undefined && (
        <TextInput
          label="Topic"
          description="Contacts can opt out of one topic and keep the others. Empty for none."
          maxLength={64}
          disabled={isOff}
          value={content.topic ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const { topic: _topic, ...rest } = content
            change({ content: value === '' ? rest : { ...rest, topic: value } })
          }}
        />
      )}
      {!isOff && <TestSend campaignId={campaignId} variants={letters} isSaved={isSaved} />}
    </div>
  )
}

function TestSend(props: {
  readonly campaignId: string
  readonly variants: readonly string[]
  readonly isSaved: boolean
}) {
  const { campaignId, variants, isSaved } = props
  const { test } = useCampaignDeeds(campaignId)
  const [to, setTo] = useState('')
  const [variant, setVariant] = useState('A')
  const chosen = variants.includes(variant) ? variant : (variants[0] ?? 'A')
  return (
    <section className="tl-campaign-test" aria-label="Test">
      <h3>Send it to yourself</h3>
      <div>
        <TextInput
          aria-label="Your phone number"
          placeholder="Your phone number"
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
        {variants.length > 1 && (
          <NativeSelect
            aria-label="Variant"
            value={chosen}
            data={[...variants]}
            onChange={({ currentTarget }) => setVariant(currentTarget.value)}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconSend size={16} aria-hidden />}
          disabled={to.trim() === '' || !isSaved}
          loading={test.isPending}
          onClick={() => test.mutate({ to: to.trim(), variant: chosen })}
        >
          Send a test
        </Button>
      </div>
      {!isSaved && <p>Save first: a test sends what is kept.</p>}
      {test.isError && (
        <p className="tl-form-error" role="alert">
          {test.error.message}
        </p>
      )}
      {test.isSuccess && <p role="status">On its way{test.data.text === null ? '.' : `: “${test.data.text}”`}</p>}
    </section>
  )
}
