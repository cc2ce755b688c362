import { MessageDeeds } from '../../shared/conversation/MessageDeeds.tsx'
import { MessageBubble } from '../../shared/conversation/message-bubble.tsx'
import '../../shared/ui/unseen.css'
import { deliveryWords } from '../../shared/words/delivery.ts'
import { moOutcomeWords } from '../../shared/words/mo-outcome.ts'
import { type SessionDetail, useSessionTexts } from './use-sessions.ts'

/** What was said, from Textloom's side of the line. */
export function Thread({ session }: { readonly session: SessionDetail }) {
  const texts = useSessionTexts(session)
  if (texts.isPending) return <p className="tl-session-nothing">Loading texts…</p>
  if (texts.isLoadingError) return <p className="tl-session-nothing">{texts.error.message}</p>
  if (texts.data.length === 0) return <p className="tl-session-nothing">Nothing has been said yet.</p>
  return (
    <ol className="tl-paper tl-session-thread">
      {texts.data.map((message) => {
        const { id, direction, text, at } = message
        const delivery =
          message.direction === 'mt'
            ? deliveryWords(message)
            : { note: moOutcomeWords(message.outcome), tone: 'plain' as const }
        return (
          <MessageBubble
            key={id}
            direction={direction}
            isOwn={direction === 'mt'}
            text={text}
            atMs={Date.parse(at)}
            {...delivery}
            {...(message.direction === 'mt' && {
              segments: message.segments,
              deeds: <MessageDeeds id={id} status={message.status} />,
            })}
          />
        )
      })}
    </ol>
  )
}
