import { Button, Menu, TextInput } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconDots, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { CheckStep } from './CheckStep.tsx'
import { stateFaces } from './model/campaign-words.ts'
import type { StepProps } from './step-props.ts'
import { type Campaign, type Definition, useCampaignDeeds } from './use-campaigns.ts'
import { WhatStep } from './WhatStep.tsx'
import { WhenStep } from './WhenStep.tsx'
import { WhoStep } from './WhoStep.tsx'
import './campaign-check.css'
import './campaign-editor.css'

const steps = [
  { id: 'what', label: 'What', hint: 'A message or a flow' },
  { id: 'who', label: 'Who', hint: 'The people it is for' },
  { id: 'when', label: 'When', hint: 'Time, pace, quiet hours' },
  { id: 'check', label: 'Check', hint: 'See it, then launch' },
] as const

type StepId = (typeof steps)[number]['id']

/** A draft, step by step; each step is kept when one goes on. */
export function CampaignEditor({ campaign, mayWrite }: { readonly campaign: Campaign; readonly mayWrite: boolean }) {
  const { id, state } = campaign
  const [definition, setDefinition] = useState(campaign.definition)
  const [step, setStep] = useState<StepId>(state === 'requested' || !mayWrite ? 'check' : 'what')
  const { save, remove } = useCampaignDeeds(id)
  const navigate = useNavigate()
  const isChanged = JSON.stringify(definition) !== JSON.stringify(campaign.definition)
  const { fields, form } = formErrors(save.error, [
    'name',
    'channel',
    'content',
    'audience',
    'schedule',
    'timezone',
    'quiet',
    'perMinute',
    'spread',
    'expiry',
    'alert',
    'consent',
  ])
  const change = (changed: Partial<Definition>) => setDefinition({ ...definition, ...changed })

  function goTo(next: StepId): void {
    if (!isChanged) {
      setStep(next)
      return
    }
    save.mutate(
      { definition, etag: campaign.etag },
      {
        onSuccess: (saved) => {
          setDefinition(saved.definition)
          setStep(next)
        },
      },
    )
  }
  const index = steps.findIndex((one) => one.id === step)
  const following = steps[index + 1]
  const given: StepProps = { definition, fields, isOff: !mayWrite, change }
  const { label, tone } = stateFaces[state]

  return (
    <div className="tl-sheet">
      <Link to="/campaigns" className="tl-back">
        <IconArrowLeft size={16} aria-hidden /> Campaigns
      </Link>
      <header className="tl-page-head tl-campaign-head">
        <TextInput
          aria-label="Name"
          className="tl-campaign-title"
          maxLength={120}
          disabled={!mayWrite}
          value={definition.name}
          error={fields.get('name')}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <span className="tl-chip" data-tone={tone}>
          {definition.alert === undefined ? label : state === 'draft' ? 'Alert, draft' : label}
        </span>
        {mayWrite && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" aria-label="More" px={10}>
                <IconDots size={18} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: '/campaigns' }) })}
              >
                Throw away
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <nav className="tl-campaign-steps" aria-label="Steps">
        <ol>
          {steps.map((one, at) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === step ? 'step' : undefined}
                disabled={save.isPending}
                onClick={() => goTo(one.id)}
              >
                <span className="tl-campaign-step-mark" data-done={at < index || undefined} aria-hidden>
                  {at < index ? <IconCheck size={15} stroke={2.4} /> : at + 1}
                </span>
                <span>
                  <strong>{one.label}</strong>
                  <small>{one.hint}</small>
                </span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {form !== undefined && (
        <p className="tl-form-error" role="alert">
          {form}
        </p>
      )}
      {fields.size > 0 && form === undefined && (
        <p className="tl-form-error" role="alert">
          Something here needs another look: {[...fields.values()].join(' ')}
        </p>
      )}
      <section className="tl-paper tl-campaign-step" aria-label={steps[index]?.label}>
        {step === 'what' && <WhatStep {...given} campaignId={id} isSaved={!isChanged} />}
        {step === 'who' && <WhoStep {...given} />}
        {step === 'when' && <WhenStep {...given} />}
        {step === 'check' && <CheckStep campaign={campaign} mayWrite={mayWrite} />}
      </section>
      {following !== undefined && (
        <div className="tl-form-deeds tl-campaign-deeds">
          {isChanged && (
            <Button variant="default" loading={save.isPending} onClick={() => goTo(step)}>
              Save
            </Button>
          )}
          <Button loading={save.isPending} onClick={() => goTo(following.id)}>
            Next: {following.label}
          </Button>
        </div>
      )}
    </div>
  )
}
