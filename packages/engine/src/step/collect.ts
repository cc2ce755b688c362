import type { Effect, EndEffect, JsonObject, Outcome, PathStep, SessionEvent } from '@textloom/core'
import type { ExecutableActionObject } from 'xstate'
import { templateScopeOf } from '../compile/implementations.ts'
import type { MachineContext } from '../compile/machine-context.ts'
import type { Translate } from '../compile/translations.ts'
import { renderJson } from '../template.ts'
import { failureOf, StepFailure } from './failure.ts'
import { renderEffect } from './render-effect.ts'
import type { TimerSet } from './timers.ts'

/** What the actions of one step come to. */
export interface Collected {
  readonly effects: readonly Effect[]
  readonly path: readonly PathStep[]
  readonly end?: EndEffect
  /** The flow that the machine called. */
  readonly call?: Call
}

/** A call of another flow. */
export interface Call {
  readonly node: string
  readonly flow: string
  readonly params: JsonObject
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
  let call: Call | undefined
  for (const { type, params, info } of actions) {
    switch (type) {
      case 'enter':
        path.push({ kind: 'enter', ...(params as { node: string }) })
        break
      case 'exit':
        path.push({ kind: 'exit', ...(params as { node: string; handle: string }) })
        break
      case 'effect': {
        const context = info.context as unknown as MachineContext
        const template = params as JsonObject
        if (template.kind === 'call') call = calling(template, context)
        else {
          const effect = rendered(template, context, translate)
          if (!comesToNothing(effect, event)) effects.push(effect)
        }
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
  return { effects, path, ...(end ? { end } : {}), ...(call ? { call } : {}) }
}

function calling(template: JsonObject, context: MachineContext): Call {
  const { node, flow } = template as { node: string; flow: string }
  try {
    return { node, flow, params: renderJson(template.params ?? {}, templateScopeOf(context)) as JsonObject }
  } catch (thrown) {
    throw at(node, thrown)
  }
}

function rendered(template: JsonObject, context: MachineContext, translate: Translate): Effect {
  const { node, text } = template as { node: string; text?: string }
  try {
    if (template.kind === 'contact') return contactEffect(node, context)
    const isText = template.kind === 'sendMt' && typeof text === 'string'
    const languages = [context.contact.language, context.channel.languages?.[0]]
    const translated = isText ? { ...template, text: translate(node, text, languages) } : template
    return renderEffect(translated, templateScopeOf(context))
  } catch (thrown) {
    throw at(node, thrown)
  }
}

/** The change that the action before it made: rendered once, so that both say the same. */
function contactEffect(node: string, { change }: MachineContext): Effect {
  if (!change) throw new Error('No change of the contact was made.')
  return { kind: 'contact', node, change }
}

function at(node: string, thrown: unknown): StepFailure {
  const { code, message } = failureOf(thrown, node)
  return new StepFailure(code as StepFailure['code'], message, node, thrown)
}

/**
 * A text that its conditions left empty is not sent. A request or a ticket whose end moved the session is over: leaving
 * its node need not cancel it.
 */
function comesToNothing(effect: Effect, event: SessionEvent): boolean {
  switch (effect.kind) {
    case 'sendMt':
      return effect.text.trim() === '' && !effect.attachments
    case 'http.cancel':
      return (event.type === 'http.done' || event.type === 'http.error') && event.id === effect.id
    case 'ticket.withdraw':
      return event.type === 'ticket' && event.id === effect.id
    default:
      return false
  }
}

function endEffect({ outcome, label }: { outcome: Outcome; label?: string }): EndEffect {
  return { kind: 'end', outcome, ...(label === undefined ? {} : { label }) }
}
