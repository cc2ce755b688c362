import { androidSmsGateway } from './android-sms-gateway.ts'
import { generic } from './generic.ts'
import { kannel } from './kannel.ts'
import type { Preset } from './preset.ts'
import { twilio } from './twilio.ts'
import { vonage } from './vonage.ts'

/** Every provider that is known, by the name in a link's `preset`; one line each. */
export const presets = {
  generic,
  twilio,
  vonage,
  kannel,
  'android-sms-gateway': androidSmsGateway,
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets

export const presetNames = Object.keys(presets) as [PresetName, ...PresetName[]]
