import { readSigns, writeSigns } from '../text/signs.ts'
import { isLink, type Leaf, linkOf, type Mark } from './document.ts'

/** A picture that this forum keeps: its address, and its size in pixels. */
export type OwnPicture = { readonly src: string; readonly width: number; readonly height: number }

/** The pictures that a text may show. */
export type Pictures = {
  /** Those of this forum, by their numbers. One that is not in here becomes a link. Left out, they stand as typed. */
  readonly own?: Readonly<Record<number, OwnPicture>>
  /** What is kept of pictures elsewhere, by their addresses. */
  readonly kept?: Readonly<Record<string, OwnPicture>>
}

type Image = Leaf & { readonly type: 'image' }

const ownPath = /^\/attachment\/([1-9]\d{0,9})\/([^/?#]+)(?:\?size=\w+)?$/

/** The number and the one address of something kept here; null for any other path. */
export function ownFile(path: string): { readonly id: number; readonly src: string } | null {
  const [, digits, name] = ownPath.exec(path) ?? []
  const id = Number(digits)
  return id > 0 && id <= 2_147_483_647 ? { id, src: `/attachment/${digits}/${name}` } : null
}

/** A picture as a text shows it: known here with its size, as a link where there is nothing to show. */
export function pictureLeaf(image: Image, pictures: Pictures | undefined): Leaf {
  const own = ownFile(image.src)
  if (!own) {
    const kept = pictures?.kept?.[image.src]
    return kept ? { ...image, kept: kept.src, width: kept.width, height: kept.height } : image
  }
  if (!pictures?.own) return withoutOwnLink({ ...image, src: own.src }, own.id)
  const found = pictures.own[own.id]
  if (found) return withoutOwnLink({ ...image, ...found }, own.id)
  return linkInstead(image, own.src)
}

/** The link to all of a picture is made anew whenever it is written. */
export function withoutOwnLink(image: Image, id: number): Image {
  const isOwnLink = (mark: Mark) => isLink(mark) && ownFile(mark.href)?.id === id
  return image.marks.some(isOwnLink) ? { ...image, marks: image.marks.filter(mark => !isOwnLink(mark)) } : image
}

function linkInstead({ alt, marks }: Image, href: string): Leaf {
  const text = alt || href
  return { type: 'text', text, marks: marks.some(isLink) ? marks : [...marks, { href, outside: false, bare: false }] }
}

/**
 * What is stored. An own picture stands in a link to all of it; one of elsewhere is a link, until this forum keeps a copy
 * of it: nothing is fetched from elsewhere by whoever reads.
 */
export function writePicture(image: Image): string {
  const { src, alt, kept } = image
  const inLink = linkOf(image) !== undefined
  const here = kept ?? (ownFile(src) ? src : null)
  if (here === null) return writeRemote(src, alt, inLink)
  const source = kept === undefined ? '' : ` data-source="${writeSigns(src)}"`
  const size = image.width ? ` width="${image.width}" height="${image.height}"` : ''
  const img = `<img src="${writeSigns(here)}?size=display"${source} alt="${writeSigns(alt)}"${size} loading="lazy">`
  return inLink ? img : inOwnLink(here, alt, img)
}

/** Where nobody said what a picture shows, the link to it is called by the picture's name, or it would have none. */
function inOwnLink(src: string, alt: string, img: string): string {
  const label = alt === '' ? ` aria-label="${writeSigns(nameIn(src))}"` : ''
  return `<a class="picture" href="${writeSigns(src)}"${label}>${img}</a>`
}

function nameIn(src: string): string {
  const name = src.slice(src.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(name).replace(/\p{C}/gu, '') || name
  } catch {
    return name
  }
}

function writeRemote(src: string, alt: string, inLink: boolean): string {
  const text = writeSigns(alt || src)
  if (inLink) return `<span class="remote" data-src="${writeSigns(src)}">${text}</span>`
  return `<a class="remote" href="${writeSigns(src)}" rel="ugc nofollow noopener">${text}</a>`
}

// What people type cannot look like these: in stored HTML the signs of a tag are only ever written by us.
const linked = /<a class="picture" href="[^"]*"(?: aria-label="[^"]*")?>(<img [^>]*>)<\/a>/g
const remote = /<(a|span) class="remote" (?:href|data-src)="([^"]*)"(?: rel="[^"]*")?>([^<]*)<\/\1>/g
const keptHere = /<img src="[^"]*" data-source="([^"]*)" alt="([^"]*)"[^>]*>/g
const small = /(<img src="[^"?]*)\?size=display"/g

/** Stored HTML with every picture as what was typed: an image by its address. */
export function plainPictures(html: string): string {
  if (!html.includes('<img ') && !html.includes(' class="remote"')) return html
  return html
    .replace(linked, '$1')
    .replace(keptHere, '<img src="$1" alt="$2" loading="lazy">')
    .replace(small, '$1"')
    .replace(remote, (_, _tag, src: string, text: string) => {
      return `<img src="${src}" alt="${text === src ? '' : text}" loading="lazy">`
    })
}

/** The addresses of pictures elsewhere in stored HTML of which no copy is kept, each once. */
export function remotePicturesIn(html: string): string[] {
  if (!html.includes(' class="remote"')) return []
  const found = [...html.matchAll(remote)].map(([, , src = '']) => src)
  return [...new Set(found)].map(readSigns)
}

/** Stored HTML that shows this copy wherever it led to that address; the same HTML when it leads there nowhere. */
export function withPictureKept(html: string, source: string, { src, width, height }: OwnPicture): string {
  return html.replace(remote, (whole, tag: string, address: string, text: string) => {
    if (address !== writeSigns(source)) return whole
    const size = `width="${width}" height="${height}" loading="lazy"`
    const alt = text === address ? '' : text
    const img = `<img src="${writeSigns(src)}?size=display" data-source="${address}" alt="${alt}" ${size}>`
    return tag === 'span' ? img : inOwnLink(src, alt, img)
  })
}

const reference = /<(?:a class="picture"|a|img) (?:href|src)="\/attachment\/([1-9]\d{0,9})\//g

/** The numbers of what this forum keeps and stored HTML shows or leads to, each once. */
export function attachmentsIn(html: string): number[] {
  if (!html.includes('="/attachment/')) return []
  return [...new Set([...html.matchAll(reference)].map(([, id]) => Number(id)))].filter(id => id <= 2_147_483_647)
}
