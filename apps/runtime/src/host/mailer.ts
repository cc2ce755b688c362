import { createTransport } from 'nodemailer'

/** An e-mail of plain text. */
export interface Mail {
  /** The same on every attempt: a mailbox shows what comes twice once. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What sends e-mail. */
export interface Mailer {
  /** @throws MailError */
  send(mail: Mail): Promise<void>
}

/** Why an e-mail was not taken. */
export class MailError extends Error {
  readonly retry: 'later' | 'never'

  constructor(message: string, retry: 'later' | 'never', cause?: unknown) {
    super(message, { cause })
    this.name = 'MailError'
    this.retry = retry
  }
}

/** Sends by the server at `SMTP_URL`. Its `?from=` names the sender; else the user does, if that is an address. */
export function smtpMailer(smtpUrl: string): Mailer {
  const url = new URL(smtpUrl)
  const user = decodeURIComponent(url.username)
  const from = url.searchParams.get('from') ?? (user.includes('@') ? user : `textloom@${url.hostname}`)
  url.searchParams.delete('from')
  const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 30_000 }
  const transport = createTransport({ url: url.href, ...timeouts }, { from })
  return {
    async send({ id, to, subject, text }) {
      try {
        await transport.sendMail({ to, subject, text, messageId: `<${id}@textloom>` })
      } catch (error) {
        const { responseCode, message = String(error) } = error as { responseCode?: number; message?: string }
        // RFC 5321 §4.2.1: 5yz is for ever; anything else may pass.
        const isFinal = responseCode !== undefined && responseCode >= 500
        throw new MailError(message, isFinal ? 'never' : 'later', error)
      }
    },
  }
}
