import type { Dialog } from './dialog.ts'
import type { Limits } from './uploads.ts'

/** What somebody chose: files of theirs, or a picture of the web with words for those who cannot see it. */
export type Chosen = { readonly files: readonly File[] } | { readonly src: string; readonly alt: string }

/**
 * Asks for a picture; `src` is an address that is already known. Null when nothing was chosen. Files are only offered to
 * those who may upload.
 */
export function imageDialog(dialog: Dialog, limits: Limits | null): (src?: string) => Promise<Chosen | null> {
  const [files, address, alt] = [dialog.field('image-files'), dialog.field('image-address'), dialog.field('image-alt')]
  const own = dialog.element.querySelector<HTMLElement>('[data-upload]')
  if (own) own.hidden = !limits
  files.accept = limits?.kinds ?? ''
  dialog.demand(address, isAddress)
  files.addEventListener('change', () => {
    if (files.files?.length) dialog.element.close('upload')
  })
  return async (src = '') => {
    address.value = src
    address.removeAttribute('aria-invalid')
    alt.value = ''
    files.value = ''
    const answer = await dialog.ask(src ? alt : limits ? files : address)
    if (answer === 'upload') return { files: [...(files.files ?? [])] }
    return answer === 'insert' && isAddress(address.value) ? { src: address.value.trim(), alt: alt.value.trim() } : null
  }
}

function isAddress(value: string): boolean {
  return /^https?:\/\/[^\s/]+\S*$/i.test(value.trim())
}
