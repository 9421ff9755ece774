import { Node, type NodeViewRenderer, nodeInputRule } from '@tiptap/core'

/** Where the forum keeps what was uploaded. */
const own = '/attachment/'

export type ImageOptions = {
  readonly view: NodeViewRenderer | null
  /** Whether there is an upload of that number. */
  readonly isKnown: (upload: string) => boolean
}

/**
 * A picture in a line, like a word: an own one, or one of the web by its address. While it is on its way to the forum it
 * has no address, but the number of its upload. What turns out to be no picture (`file`: its name) becomes a link.
 */
export const Image = Node.create<ImageOptions>({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addOptions: () => ({ view: null, isKnown: () => false }),
  addAttributes: () => ({
    src: { default: null },
    alt: { default: '' },
    width: { default: null },
    height: { default: null },
    upload: { default: null, rendered: false },
    file: { default: null, rendered: false },
  }),
  parseHTML() {
    const { isKnown } = this.options
    return [
      { tag: 'img[src]', getAttrs: readImage },
      // Around a picture that is kept stands a link to all of it, which is made anew.
      { tag: `a[href*="${own}"]:has(> img:only-child)`, priority: 1100, getAttrs: readLinked },
      // One of the web that is not kept (yet).
      { tag: 'a.remote[href]', priority: 1100, getAttrs: readRemote },
      { tag: 'span[data-upload]', getAttrs: ({ dataset: { upload = '' } }) => isKnown(upload) && { upload } },
    ]
  },
  renderHTML({ node: { attrs }, HTMLAttributes }) {
    if (!attrs.src) return ['span', { 'data-upload': attrs.upload }]
    return attrs.file === null ? ['img', HTMLAttributes] : ['a', { href: attrs.src }, attrs.file]
  },
  renderText: ({ node }) => node.attrs.file ?? node.attrs.alt,
  addNodeView() {
    return this.options.view
  },
  addInputRules() {
    return [
      nodeInputRule({
        find: /(?:^|\s)(!\[([^\]]*)\]\((https?:\/\/[^\s)]+)\))$/,
        type: this.type,
        getAttributes: ([, , alt, src]) => ({ src, alt }),
      }),
    ]
  },
})

/** Whether it is kept by this forum, so that it may be shown while one writes. */
export function isOwn(src: string): boolean {
  return src.startsWith(own)
}

/** The address as it is stored: a path where it is ours. */
export function tidySrc(src: string): string {
  const url = URL.parse(src, location.origin)
  return url?.origin === location.origin && isOwn(url.pathname) ? url.pathname : src
}

function readImage(element: HTMLElement) {
  const src = tidySrc(element.dataset.source ?? element.getAttribute('src') ?? '')
  if (!isOwn(src) && !/^https?:\/\//i.test(src)) return false
  return { ...read(element, 'alt', ''), ...read(element, 'width', null), ...read(element, 'height', null), src }
}

function readLinked(element: HTMLElement) {
  const image = element.textContent?.trim() === '' && element.querySelector('img')
  return image ? readImage(image) : false
}

function readRemote(element: HTMLElement) {
  const src = element.getAttribute('href') ?? ''
  const words = element.textContent ?? ''
  return /^https?:\/\//i.test(src) ? { src, alt: words === src ? '' : words } : false
}

function read(element: HTMLElement, name: string, none: string | null) {
  return { [name]: element.getAttribute(name) ?? none }
}
