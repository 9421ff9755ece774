import { phraseOf, sayerOf, type T } from '../../../platform/locale/index.ts'

type Said = ReturnType<typeof sayerOf>

const ready = new Map<string, Said | null>()
const mostReady = 500

/** Says phrases as an administrator has them in place of the original; what cannot be said so is said as it was. */
export function withOwnWords(t: T, locale: string, own: (key: string) => string | undefined): T {
  return (key, args) => {
    const text = own(key)
    const say = text === undefined ? null : sayerFor(text, locale)
    if (say === null) return t(key, args)
    if (typeof say === 'string') return say
    try {
      return say(args)
    } catch {
      return t(key, args)
    }
  }
}

function sayerFor(text: string, locale: string): Said | null {
  const known = ready.get(`${locale} ${text}`)
  if (known !== undefined) return known
  const phrase = phraseOf(text, locale)
  const say = phrase === null ? null : sayerOf(phrase)
  if (ready.size >= mostReady) ready.clear()
  ready.set(`${locale} ${text}`, say)
  return say
}
