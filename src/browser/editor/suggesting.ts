// Names of members and emoji are offered from the first sign on with which one begins.
document.addEventListener('input', event => {
  const { target, data } = event as InputEvent
  const box = target instanceof Element && /[@:]/.test(data ?? '') && target.closest<HTMLElement>('text-editor')
  if (box) void import('./suggest/suggest-in.ts').then(({ suggestIn }) => suggestIn(box))
})
