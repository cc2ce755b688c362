import { Button, Checkbox } from '@mantine/core'
import { IconRefresh, IconRocket } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { LoadingState } from '../../shared/ui/states.tsx'
import { CheckView } from './CheckView.tsx'
import { people } from './model/campaign-words.ts'
import { type Campaign, useCampaignDeeds } from './use-campaigns.ts'

/** What would go out, on one screen, and the launch. Nothing leaves that was not looked at here. */
export function CheckStep({ campaign, mayWrite }: { readonly campaign: Campaign; readonly mayWrite: boolean }) {
  const { id, lastCheck, definition, state, requestedBy, requestedByYou } = campaign
  const { check, launch } = useCampaignDeeds(id)
  const [isSeen, setSeen] = useState(false)
  const needsCheck = lastCheck === null && mayWrite
  useEffect(() => {
    if (needsCheck) check.mutate()
  }, [needsCheck])
  // What was looked at is another one now.
  useEffect(() => setSeen(false), [lastCheck?.digest])

  if (check.isPending && lastCheck === null) return <LoadingState what="who would get what" />
  const isAlert = definition.alert !== undefined
  const isReady = lastCheck !== null && lastCheck.problems.length === 0
  const waitsForYou = state === 'requested' && !requestedByYou
  return (
    <div className="tl-check">
      {check.isError && (
        <p className="tl-form-error" role="alert">
          {check.error.message}
        </p>
      )}
      {launch.isError && (
        <p className="tl-form-error" role="alert">
          {launch.error.message}
        </p>
      )}
      {state === 'requested' && (
        <p className="tl-form-outcome">
          {requestedByYou
            ? 'You asked for this alert. It leaves as soon as another person has checked it and starts it.'
            : `${requestedBy} asks for this alert. Look at it; if it is right, start it.`}
        </p>
      )}
      {lastCheck !== null && <CheckView check={lastCheck} definition={definition} />}
      {mayWrite && (
        <footer className="tl-check-foot">
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            Check again
          </Button>
          {isReady && !(state === 'requested' && requestedByYou) && (
            <>
              <Checkbox
                label="I have looked at this"
                checked={isSeen}
                onChange={({ currentTarget }) => setSeen(currentTarget.checked)}
              />
              <Button
                leftSection={<IconRocket size={17} aria-hidden />}
                {...(isAlert && { color: 'red' })}
                disabled={!isSeen}
                loading={launch.isPending}
                onClick={() => launch.mutate(lastCheck.digest)}
              >
                {isAlert && !waitsForYou
                  ? 'Ask for this alert'
                  : `${isAlert ? 'Start the alert' : 'Launch'}: ${people(lastCheck.recipients)}`}
              </Button>
            </>
          )}
        </footer>
      )}
    </div>
  )
}
