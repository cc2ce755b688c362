import {
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Modal,
  type VariantColorsResolver,
} from '@mantine/core'

const dye: MantineColorsTuple = [
  '#efeefd',
  '#dad8f7',
  '#b3afee',
  '#8b84e6',
  '#6961de',
  '#534ada',
  '#473fd6',
  '#3f3bbd',
  '#302ca7',
  '#252091',
]

/** What is dyed takes its colours from our tokens: the kit's own would be too pale for their text on dark surfaces. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input)
  if ((input.color ?? 'dye') !== 'dye') return resolved
  return { ...resolved, ...dyed[input.variant] }
}

const dyed: Readonly<Record<string, Partial<ReturnType<VariantColorsResolver>>>> = {
  filled: {
    background: 'var(--tl-dye)',
    hover: 'color-mix(in oklab, var(--tl-dye) 86%, var(--tl-ink))',
    color: 'var(--tl-dye-ink)',
  },
  light: {
    background: 'var(--tl-dye-wash)',
    hover: 'color-mix(in oklab, var(--tl-dye-wash) 84%, var(--tl-dye))',
    color: 'var(--tl-dye)',
  },
  subtle: { hover: 'var(--tl-dye-wash)', color: 'var(--tl-dye)' },
}

/** What lies behind a dialog stays to be seen. */
const veil = { color: '#1a1620', backgroundOpacity: 0.36 }

const dialog = { overlayProps: veil, closeButtonProps: { 'aria-label': 'Close' } }

/** Mantine's part of our look: shape and type here, colours from tokens.css through `cssVariables`. */
export const theme = createTheme({
  colors: { dye },
  primaryColor: 'dye',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  variantColorResolver,
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '22px' },
  fontFamily: 'var(--tl-font)',
  fontFamilyMonospace: 'var(--tl-font-mono)',
  headings: {
    fontFamily: 'var(--tl-font-display)',
    fontWeight: '600',
    sizes: { h1: { fontSize: '26px', lineHeight: '1.2' }, h2: { fontSize: '19px' }, h3: { fontSize: '16px' } },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({ defaultProps: dialog }),
    Drawer: Drawer.extend({ defaultProps: dialog }),
  },
})

/** Points Mantine's surface, text and border variables at our tokens, so that both change together. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...surfaces, ...greys },
  dark: { ...surfaces, ...darks },
})

const surfaces = {
  '--mantine-color-body': 'var(--tl-surface)',
  '--mantine-color-text': 'var(--tl-ink)',
  '--mantine-color-dimmed': 'var(--tl-ink-soft)',
  '--mantine-color-placeholder': 'var(--tl-ink-faint)',
  '--mantine-color-default': 'var(--tl-raised)',
  '--mantine-color-default-hover': 'var(--tl-sunken)',
  '--mantine-color-default-color': 'var(--tl-ink)',
  '--mantine-color-default-border': 'var(--tl-line-strong)',
  '--mantine-color-anchor': 'var(--tl-dye)',
  '--mantine-color-dye-filled': 'var(--tl-dye)',
  '--mantine-primary-color-contrast': 'var(--tl-dye-ink)',
  '--mantine-color-error': 'var(--tl-bad)',
}

/** The kit's own greys, which its inputs, chips and switches take directly. */
const greys = {
  '--mantine-color-gray-0': 'var(--tl-sunken)',
  '--mantine-color-gray-1': 'var(--tl-sunken)',
  '--mantine-color-gray-2': 'var(--tl-line)',
  '--mantine-color-gray-3': 'var(--tl-line)',
  '--mantine-color-gray-4': 'var(--tl-line-strong)',
  '--mantine-color-gray-5': 'var(--tl-ink-faint)',
  '--mantine-color-gray-6': 'var(--tl-ink-faint)',
  '--mantine-color-gray-7': 'var(--tl-ink-soft)',
  '--mantine-color-gray-light-color': 'var(--tl-ink-soft)',
}

/** The same for dark surfaces. */
const darks = {
  '--mantine-color-dark-0': 'var(--tl-ink)',
  '--mantine-color-dark-1': 'var(--tl-ink-soft)',
  '--mantine-color-dark-2': 'var(--tl-ink-soft)',
  '--mantine-color-dark-3': 'var(--tl-ink-faint)',
  '--mantine-color-dark-4': 'var(--tl-line-strong)',
  '--mantine-color-dark-5': 'var(--tl-line)',
  '--mantine-color-dark-6': 'var(--tl-raised)',
  '--mantine-color-dark-7': 'var(--tl-surface)',
  '--mantine-color-dark-8': 'var(--tl-sunken)',
  '--mantine-color-gray-light-color': 'var(--tl-ink-soft)',
}
