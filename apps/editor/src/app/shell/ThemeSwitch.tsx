import { Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'

const order = ['auto', 'light', 'dark'] as const
const faces = {
  auto: { Icon: IconDeviceDesktop, label: 'Colours follow the system' },
  light: { Icon: IconSun, label: 'Light colours' },
  dark: { Icon: IconMoon, label: 'Dark colours' },
}

/** Steps through system, light and dark; the choice is kept in this browser. */
export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { Icon, label } = faces[colorScheme]
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto'
  return (
    <Tooltip label={label} position="right">
      <UnstyledButton
        className="tl-place"
        onClick={() => setColorScheme(next)}
        aria-label={`${label}. Change to: ${faces[next].label}`}
      >
        <Icon size={20} stroke={1.7} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  )
}
