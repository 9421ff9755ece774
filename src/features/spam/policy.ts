import type { Viewer } from '../members/index.ts'
import type { Settings } from '../settings/index.ts'

/** May this guest make an account, as far as they can know before they try? */
export function mayRegister(
  viewer: Pick<Viewer, 'invited'> | undefined,
  { registration }: Pick<Settings, 'registration'>,
): boolean {
  if (registration === 'invitation') return viewer?.invited === true
  return registration !== 'closed'
}
