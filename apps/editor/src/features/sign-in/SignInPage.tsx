import { PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { DoorForm, EmailField } from './DoorForm.tsx'
import { SignInFrame } from './SignInFrame.tsx'

/** E-mail address and password; `signedIn` is called once the cookie is there. */
export function SignInPage({ signedIn }: { signedIn: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => ask(api['sign-in'].$post({ json: { email, password } })),
    onSuccess: signedIn,
  })
  return (
    <SignInFrame title="Welcome back" lead="Sign in to your conversations.">
      <DoorForm deed="Sign in" sending={signIn}>
        <EmailField value={email} onChange={setEmail} />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </DoorForm>
    </SignInFrame>
  )
}
