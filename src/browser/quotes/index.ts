import { all, on, toast } from '../dom.ts'
import './fold.ts'
import type { Box, Quoting } from './quoting.ts'

const prefix = 'stoa-gathered:'
const { member = '' } = document.documentElement.dataset
/** The list that `gathered.ts` keeps, of whoever reads in this tab now. */
const store = prefix + member
const box = document.querySelector<HTMLElement & Box>('#reply text-editor')
const bar = document.querySelector<HTMLElement>('[data-gathered]')

leaveNothingOfOthers()

if (box && bar) {
  let parts: Promise<Quoting> | undefined
  const quoting = () => {
    // Whoever only reads loads none of it.
    parts ??= import('./quoting.ts').then(({ startQuoting }) => startQuoting(box, bar, { store, say: toast }))
    parts.catch(() => {
      parts = undefined
      toast(bar.dataset.failed ?? '')
    })
    return parts
  }
  for (const button of all('[data-gather]')) button.ariaPressed = 'false'
  on('click', '[data-gather]', button => void quoting().then(({ toggle }) => toggle(button)))
  on('click', 'a[data-quote]', (link, event) => {
    const post = link.closest('article')?.id.slice('post-'.length)
    if (!post || !hasText(box) || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void quoting().then(({ insert }) => insert([post]))
  })
  document.addEventListener('selectionchange', () => {
    const at = getSelection()
    if (parts || (at && !at.isCollapsed && at.anchorNode?.parentElement?.closest('.post .prose'))) {
      void quoting().then(({ followSelection }) => followSelection())
    }
  })
  if (hasGathered()) void quoting()
}

/** What a guest has gathered comes along when they sign in; what a member has, goes when they sign out. */
function leaveNothingOfOthers(): void {
  try {
    const others = Object.keys(sessionStorage).filter(key => key.startsWith(prefix) && key !== store)
    for (const key of others) {
      const gathered = sessionStorage.getItem(key)
      if (key === prefix && gathered && !hasGathered()) sessionStorage.setItem(store, gathered)
      sessionStorage.removeItem(key)
    }
  } catch {
    // A browser that keeps nothing.
  }
}

/** A page of its own for the quote would leave what is typed behind. */
function hasText(editor: HTMLElement): boolean {
  const form = editor.closest('form')
  return form !== null && String(new FormData(form).get('body') ?? '').trim() !== ''
}

function hasGathered(): boolean {
  try {
    return sessionStorage.getItem(store) !== null
  } catch {
    return false
  }
}
