import { all } from '../dom.ts'
import { TextEditor } from '../editor/text-editor.ts'
import { Box } from './box.ts'
import { Keeper } from './keeper.ts'
import { clear } from './server.ts'
import { empty, keep, keptIn, rawAt, tidy, writer } from './shelf.ts'

/** Milliseconds for which signing out waits for the last words to be saved. */
const patience = 2000
const keepers = new Map<HTMLFormElement, Keeper>()

tidy()
takeAwaySent()
for (const root of all('[data-typed]')) {
  const [editor, form] = [root.closest('text-editor'), root.closest('form')]
  if (editor instanceof TextEditor && form) {
    keepers.set(form, new Keeper(root, new Box(form, editor, 'fresh' in root.dataset)))
  }
}

/** What the page says has arrived, unless something else has been typed there since. */
function takeAwaySent(): void {
  for (const place of document.documentElement.dataset.sent?.split(' ') ?? []) {
    for (const owner of new Set([writer, ''])) {
      const kept = keptIn(rawAt(place, owner))
      if (kept?.sending) keep(place, kept.other ?? null, owner)
      if (kept?.sending && kept.asking) overtaken(place)
    }
  }
}

/** What was still being saved when it was sent may have been saved after that. */
function overtaken(place: string): void {
  clear(place)
  for (const root of all(`[data-typed][data-place="${place}"]`)) root.dataset.kept = 'null'
}

document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented) return
  keepers.get(form)?.send()
  if (form.matches('[action="/logout/"], [action^="/account/sign-out-everywhere"]')) signOut(form, event)
})

/** Whoever signs out leaves nothing in this browser; what was typed last is saved on the server before. */
function signOut(form: HTMLFormElement, event: SubmitEvent): void {
  const ahead = [...keepers.values()].filter(keeper => keeper.isAhead)
  const end = () => {
    for (const keeper of keepers.values()) keeper.stop()
    empty()
  }
  if (ahead.length === 0) {
    end()
    return
  }
  event.preventDefault()
  const saved = Promise.all(ahead.map(keeper => keeper.save()))
  void Promise.race([saved, new Promise(resolve => setTimeout(resolve, patience))]).then(() => {
    end()
    form.submit()
  })
}

function leave(): void {
  for (const keeper of keepers.values()) void keeper.save(true)
}

addEventListener('pagehide', leave)
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave())
