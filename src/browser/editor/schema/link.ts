import { Link as Mark } from '@tiptap/extension-link'

const allowed = /^(?:https?:\/\/|mailto:|\/(?![/\\])|www\.)/i

/** `bare`: an address typed as text, which on a line of its own may later show what it leads to. */
export const Link = Mark.extend({
  inclusive: false,
  addAttributes: () => ({
    href: { default: null, parseHTML: element => element.getAttribute('href') },
    bare: {
      default: true,
      parseHTML: element => element.classList.contains('embed'),
      renderHTML: ({ bare }) => (bare ? { class: 'embed' } : {}),
    },
  }),
}).configure({
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  markdownLinks: true,
  defaultProtocol: 'https',
  HTMLAttributes: { target: null, rel: null },
  isAllowedUri: url => allowed.test(url),
  shouldAutoLink: url => /^(?:https?:\/\/|www\.)/i.test(url),
})

/** The address as it may be linked; null when it may not. `example.com/page` is taken for https. */
export function linkFrom(typed: string): string | null {
  const address = typed.trim()
  if (/^www\./i.test(address)) return `https://${address}`
  if (allowed.test(address)) return address
  if (/^[^\s@/]+@[^\s@/]+\.\w+$/.test(address)) return `mailto:${address}`
  return /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/:?#]|$)/u.test(address) ? `https://${address}` : null
}
