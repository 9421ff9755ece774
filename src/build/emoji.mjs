import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const data = dirname(createRequire(import.meta.url).resolve('emojibase-data/package.json'))
/** The group of what emoji are made of, such as skin tones. */
const components = 2
/** What asks for a picture behind a character that is one anyway. */
const needless = /^(\p{Emoji_Presentation})\uFE0F$/u

/** Every emoji with its English names, as the picker of emoji-picker-element reads them, in the order of Unicode. */
export async function emojiData() {
  const [all, known, more] = await Promise.all(
    ['data', 'shortcodes/github', 'shortcodes/emojibase'].map(name => readJson(`en/${name}.json`)),
  )
  const listed = all.filter(({ group }) => group !== undefined && group !== components)
  const kept = listed.map(({ label, hexcode, emoji, emoticon, group, order, skins, tags = [], version }) => ({
    annotation: label,
    emoji: emoji.replace(needless, '$1'),
    ...(emoticon && { emoticon: [emoticon].flat()[0] }),
    group,
    order,
    shortcodes: [...new Set([known[hexcode] ?? [], more[hexcode] ?? []].flat())],
    ...(skins && { skins: skins.map(({ emoji, tone, version }) => ({ emoji, tone, version })) }),
    tags,
    version,
  }))
  return JSON.stringify(kept.sort((one, other) => one.order - other.order))
}

async function readJson(file) {
  return JSON.parse(await readFile(join(data, file), 'utf8'))
}
