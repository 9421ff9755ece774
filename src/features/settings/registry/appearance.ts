import { z } from 'zod'
import { accents } from '../accents.ts'
import { isStyleSheet, largestStyleSheet } from '../custom-css.ts'
import { isListOfLinks } from '../links.ts'
import { oneOf, type Setting } from './setting.ts'

export const accent: Setting<string> = oneOf<string>('appearance', 'aegean', Object.keys(accents))

/** A picture that stands for the forum's name; sizes are in pixels of the file. */
export interface Logo {
  readonly path: string
  readonly width: number
  readonly height: number
  /** The theme under which it needs a plate behind it. */
  readonly plate: 'none' | 'light' | 'dark'
}

export const logo: Setting<Logo | null> = {
  type: z
    .object({
      path: z.string(),
      width: z.number(),
      height: z.number(),
      plate: z.enum(['none', 'light', 'dark']),
    })
    .nullable(),
  default: null,
  group: 'appearance',
  control: 'picture',
}

/** The small picture in a browser's tab; always a square. */
export interface Favicon {
  readonly path: string
}

export const favicon: Setting<Favicon | null> = {
  type: z.object({ path: z.string() }).nullable(),
  default: null,
  group: 'appearance',
  control: 'picture',
}

export const customCss: Setting<string> = {
  type: z.string().trim().max(largestStyleSheet).refine(isStyleSheet),
  default: '',
  group: 'appearance',
  control: 'textarea',
  wrong: 'custom_css',
}

export function links(): Setting<string> {
  return {
    type: z.string().trim().max(2000).refine(isListOfLinks),
    default: '',
    group: 'appearance',
    control: 'textarea',
    wrong: 'links',
  }
}
