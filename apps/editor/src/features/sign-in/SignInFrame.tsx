import type { ReactNode } from 'react'
import './sign-in.css'

/** The page before the app: the mark, one card, and cloth behind it. */
export function SignInFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="tl-door">
      <div className="tl-door-card">
        <img src="/favicon.svg" alt="" width={44} height={44} />
        <h1>{title}</h1>
        <p>{lead}</p>
        {children}
      </div>
      <p className="tl-door-foot">Textloom · conversations by text message</p>
    </main>
  )
}
