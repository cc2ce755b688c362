import { consentAction, defineNode, fold, type NodeIssue, tokens } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { withPolicy } from '../when-busy.ts'
import { scoreOf } from './match.ts'
import { type KeywordData, keywordSchema, policyOf, usualWhenBusy } from './schema.ts'
import { slipsIn } from './slips.ts'

/** Begins a flow when a contact texts a keyword. */
export const keyword = defineNode({
  type: 'keyword',
  version: 1,
  family: 'start',
  title: 'Keyword',
  summary: 'Starts the conversation when somebody texts a keyword.',
  icon: 'key',
  schema: keywordSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  words: ({ keywords }) => (keywords.length === 0 ? [] : [{ path: 'keywords', words: keywords }]),
  groups: ({ groups = [], exceptGroups = [] }) => [
    ...groups.map((group, index) => ({ path: `groups[${index}]`, group })),
    ...exceptGroups.map((group, index) => ({ path: `exceptGroups[${index}]`, group })),
  ],
  describe: (data) => ({ title: 'Keyword', body: withPolicy(inWords(data), policyOf(data), usualWhenBusy) }),
  start: {
    on: 'mo',
    score: (data, mo) => scoreOf(data, mo),
    audience: ({ channels, groups, exceptGroups }) => ({ channels, groups, exceptGroups }),
    whenBusy: policyOf,
  },
  check,
})

function inWords({ keywords, match }: KeywordData): string {
  return keywords.length === 0 ? 'No keyword yet' : `${keywords.join(', ')} (${matchNames[match]})`
}

const matchNames: Readonly<Record<KeywordData['match'], string>> = {
  exact: 'whole text',
  first: 'first word',
  only: 'only word',
  any: 'any word',
}

/** Whether the service itself answers a word (STOP, START, HELP and their kin) rather than any flow. */
function isReserved(word: string): boolean {
  return consentAction(word, { languages: [], awaitingReply: false, optedOut: true }) !== undefined
}

function check(data: KeywordData): readonly NodeIssue[] {
  return [...checkKeywords(data), ...checkGroups(data), ...checkTypos(data)]
}

function checkGroups({ groups = [], exceptGroups = [] }: KeywordData): readonly NodeIssue[] {
  const left = new Set(exceptGroups.map(fold))
  const isNobody = groups.length > 0 && groups.every((group) => left.has(fold(group)))
  const message = 'Every group that may start this flow is also one that may not: nobody is left.'
  return isNobody ? [nodeIssue('keyword/nobody', 'exceptGroups', message)] : []
}

function checkTypos({ typos, keywords }: KeywordData): readonly NodeIssue[] {
  if (!typos || keywords.length === 0 || keywords.some((keyword) => tokens(keyword).some((word) => slipsIn(word) > 0)))
    return []
  const message = 'All keywords are too short to forgive typing errors in: use a longer one, or turn this off.'
  return [nodeIssue('keyword/nothing-to-forgive', 'typos', message)]
}

function checkKeywords({ keywords }: KeywordData): readonly NodeIssue[] {
  if (keywords.length === 0) {
    return [nodeIssue('keyword/no-keywords', 'keywords', 'No text can start this flow: give it a keyword.')]
  }
  return keywords.flatMap((word, index) => {
    const path = `keywords[${index}]`
    const folded = fold(word)
    if (folded === '')
      return [nodeIssue('keyword/blank-keyword', path, 'This keyword is blank: fill it in or remove it.')]
    const first = keywords.findIndex((other) => fold(other) === folded)
    const repeated =
      first < index
        ? [nodeIssue('keyword/repeated-keyword', path, `"${word}" is the same keyword as "${keywords[first]}".`)]
        : []
    const reserved = isReserved(word)
      ? [
          nodeIssue(
            'keyword/reserved-word',
            path,
            `"${word}" is answered before any flow, unless the channel turns its keywords off. Use another word.`,
          ),
        ]
      : []
    return [...repeated, ...reserved]
  })
}
