import type { Effect, EndEffect, JsonObject, Outcome, PathStep, SessionEvent } from '@textloom/core'
import type { ExecutableActionObject } from 'xstate'
import { templateScopeOf } from '../compile/implementations.ts'
import type { MachineContext } from '../compile/machine-context.ts'
import type { Translate } from '../compile/translations.ts'
import { failureOf, StepFailure } from './failure.ts'
import { renderEffect } from './render-effect.ts'
import type { TimerSet } from './timers.ts'

/** What the actions of one step come to. */
export interface Collected {
  readonly effects: readonly Effect[]
  readonly path: readonly PathStep[]
  readonly end?: EndEffect
}

/** Reads the actions that XState returned, in their order; sets and cancels `timers`. */
export function collect(
  actions: readonly ExecutableActionObject[],
  event: SessionEvent,
  timers: TimerSet,
  translate: Translate,
): Collected {
  const effects: Effect[] = []
  const path: PathStep[] = []
  let end: EndEffect | undefined
  for (const { type, params, info } of actions) {
    switch (type) {
      case 'enter':
        path.push({ kind: 'enter', ...(params as { node: string }) })
        break
      case 'exit':
        path.push({ kind: 'exit', ...(params as { node: string; handle: string }) })
        break
      case 'effect': {
        const effect = rendered(params as JsonObject, info.context as unknown as MachineContext, translate)
        if (!comesToNothing(effect, event)) effects.push(effect)
        break
      }
      case 'end':
        end = endEffect(params as { outcome: Outcome; label?: string })
        break
      case 'xstate.raise': {
        const { id, delay } = params as { id?: string; delay?: number }
        if (id !== undefined && delay !== undefined) timers.set(id, delay)
        break
      }
      case 'xstate.cancel':
        timers.cancel((params as { sendId: string }).sendId)
        break
      default:
        throw new StepFailure(
          'engine/node-failed',
          `The machine names the action "${type}", which nothing stands behind.`,
        )
    }
  }
  return { effects, path, ...(end ? { end } : {}) }
}

function rendered(template: JsonObject, context: MachineContext, translate: Translate): Effect {
  const { node, text } = template as { node: string; text?: string }
  try {
    const isText = template.kind === 'sendMt' && typeof text === 'string'
    const translated = isText ? { ...template, text: translate(node, text, context.contact.language) } : template
    return renderEffect(translated, templateScopeOf(context))
  } catch (thrown) {
    const { code, message } = failureOf(thrown, node)
    throw new StepFailure(code as StepFailure['code'], message, node, thrown)
  }
}

/**
 * A text that its conditions left empty is not sent. A request whose answer moved the session is over: leaving its node
 * need not cancel it.
 */
function comesToNothing(effect: Effect, event: SessionEvent): boolean {
  if (effect.kind === 'sendMt') return effect.text.trim() === ''
  const isAnswer = event.type === 'http.done' || event.type === 'http.error'
  return effect.kind === 'http.cancel' && isAnswer && event.id === effect.id
}

function endEffect({ outcome, label }: { outcome: Outcome; label?: string }): EndEffect {
  return { kind: 'end', outcome, ...(label === undefined ? {} : { label }) }
}
