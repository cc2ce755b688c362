import { useQuery } from '@tanstack/react-query'
import { percent } from './model/campaign-words.ts'
import { answersQuery } from './use-campaigns.ts'

const MOST_SHOWN = 12

/** What people answered, question by question: each answer with its bar, its count and its share. */
export function Answers({ campaignId, replied }: { readonly campaignId: string; readonly replied: number }) {
  const answers = useQuery({ ...answersQuery(campaignId), enabled: replied > 0 })
  const items = answers.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="tl-paper tl-answers" aria-label="Answers">
      {items.map(({ question, total, answers: found, others }) => {
        const most = found[0]?.count ?? 0
        const rest = found.slice(MOST_SHOWN).reduce((sum, { count }) => sum + count, others)
        return (
          <table key={question}>
            <caption>
              {question === 'reply' ? 'What they replied' : question}
              <small>{total === 1 ? '1 answer' : `${total.toLocaleString('en')} answers`}</small>
            </caption>
            <tbody>
              {found.slice(0, MOST_SHOWN).map(({ answer, count }) => (
                <tr key={answer}>
                  <th scope="row">{answer === '' ? '(empty)' : answer}</th>
                  <td className="tl-answers-bar">
                    <i aria-hidden style={{ inlineSize: `${(count / most) * 100}%` }} />
                  </td>
                  <td>{count.toLocaleString('en')}</td>
                  <td>{percent(count, total)}</td>
                </tr>
              ))}
              {rest > 0 && (
                <tr>
                  <th scope="row">Others</th>
                  <td />
                  <td>{rest.toLocaleString('en')}</td>
                  <td>{percent(rest, total)}</td>
                </tr>
              )}
            </tbody>
          </table>
        )
      })}
    </section>
  )
}
