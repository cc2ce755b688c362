import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import { SignInFrame } from './SignInFrame.tsx'

/** E-mail address and password; `signedIn` is called once the cookie is there. */
export function SignInPage({ signedIn }: { signedIn: () => void }) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => ask(api['sign-in'].$post({ json: { email, password } })),
    onSuccess: signedIn,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <SignInFrame title="Welcome back" lead="Sign in to your conversations.">
      <form className="tl-door-form" onSubmit={submit}>
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.isError && (
          <p className="tl-door-error" role="alert">
            {signIn.error.message}
          </p>
        )}
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </SignInFrame>
  )
}
