import { PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { DoorForm, EmailField } from './DoorForm.tsx'
import { SignInFrame } from './SignInFrame.tsx'

/** Where a set-up link leads: makes the first administrator, or lets an invited person choose a password. */
export function SetUpPage({ token, signedIn }: { token: string; signedIn: () => void }) {
  const state = useQuery({
    queryKey: ['set-up', token],
    queryFn: () => ask(api['set-up'].$get({ query: token === '' ? {} : { token } })),
    retry: false,
  })
  if (state.isPending) return <LoadingState what="your link" />
  if (state.isError) return <ErrorState error={state.error} retry={() => void state.refetch()} />
  const { link, user, needed } = state.data
  if (link === null) return <UselessLink isNew={needed} />
  return <SetUpForm token={token} user={user} signedIn={signedIn} />
}

function UselessLink({ isNew }: { isNew: boolean }) {
  return isNew ? (
    <SignInFrame title="One step first" lead="Nobody can sign in yet.">
      <p>
        Open the set-up link that Textloom printed when it started. Starting it again with <code>npm start</code> prints
        a new one.
      </p>
    </SignInFrame>
  ) : (
    <SignInFrame title="This link is used up" lead="It was used already, has expired, or a newer one replaced it.">
      <p>
        <a href="/sign-in">Sign in</a>, or ask an administrator for a new link.
      </p>
    </SignInFrame>
  )
}

function SetUpForm(props: { token: string; user: { email: string; name: string } | null; signedIn: () => void }) {
  const { token, user, signedIn } = props
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const setUp = useMutation({
    mutationFn: () =>
      ask(api['set-up'].$post({ json: user === null ? { token, password, name, email } : { token, password } })),
    onSuccess: signedIn,
  })
  return (
    <SignInFrame
      title={user === null ? 'Set up Textloom' : `Welcome, ${user.name}`}
      lead={user === null ? 'You will be its administrator.' : `Choose a password for ${user.email}.`}
    >
      <DoorForm deed={user === null ? 'Begin' : 'Save and sign in'} sending={setUp}>
        {user === null && (
          <>
            <TextInput
              label="Your name"
              autoComplete="name"
              required
              withAsterisk={false}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <EmailField value={email} onChange={setEmail} />
          </>
        )}
        <PasswordInput
          label="Password"
          description="Ten characters or more; a few words in a row are easy to keep in mind."
          autoComplete="new-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </DoorForm>
    </SignInFrame>
  )
}
