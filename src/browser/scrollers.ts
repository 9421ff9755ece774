import { all } from './dom.ts'

// Code and tables wider than a post scroll in their own frame; the keyboard has to get there.
const watch = new ResizeObserver(entries => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0')
    else target.removeAttribute('tabindex')
  }
})

for (const frame of all('.prose :is(pre, table)')) watch.observe(frame)
