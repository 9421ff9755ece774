import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CssSyntaxError } from 'postcss'
import { hueOf } from '../../settings/index.ts'
import { checkContrast, type Faint } from './check-contrast.ts'

const folder = join(import.meta.dirname, '../../../styles')

/** What the forum's own style sheet does to the contrast of its texts; null: it cannot be read. */
export function faintTexts(css: string, accent: string): Faint[] | null {
  try {
    return checkContrast(css, houseSheet(), 3 + 15 * hueOf(accent))
  } catch (error) {
    if (error instanceof CssSyntaxError) return null
    throw error
  }
}

/** All that every page loads, as it is written. */
function houseSheet(): string {
  const main = readFileSync(join(folder, 'main.css'), 'utf8')
  const files = [...main.matchAll(/@import "\.\/([\w-]+\.css)"/g)].map(([, file = '']) => file)
  return files.map(file => readFileSync(join(folder, file), 'utf8')).join('\n')
}
