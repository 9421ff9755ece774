import { all } from './dom.ts'

// Code and tables wider than a post scroll in their own frame; the keyboard has to get there.
function settle(frame: Element): void {
  if (frame.scrollWidth > frame.clientWidth) frame.setAttribute('tabindex', '0')
  else frame.removeAttribute('tabindex')
}

const watch = new ResizeObserver(entries => {
  for (const { target } of entries) settle(target)
})

for (const frame of all('.prose :is(pre, table)')) {
  // At once, too: an observer speaks only after the next frame, which a page in the background waits for.
  settle(frame)
  watch.observe(frame)
}
