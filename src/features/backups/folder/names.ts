import { hash } from 'node:crypto'

/** Why a backup is there: its name says it, so that the folder alone tells everything. */
export const reasons = ['nightly', 'hand', 'update', 'restore', 'uploaded', 'other'] as const
export type Reason = (typeof reasons)[number]

const ours = /^\d{8}T\d{6}Z-(nightly|hand|update|restore|uploaded)(?:-\d+)?\.stoa(?:\.part)?$/

/** Such as `20260131T030000Z-nightly.stoa`; ends in `.stoa` only once it is whole. */
export function nameFor(reason: Reason, at: number, again = 0): string {
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${time}-${reason}${again ? `-${again}` : ''}.stoa`
}

/** What somebody put there under another name was made by the command, or brought. */
export function reasonOf(name: string): Reason {
  return (ours.exec(name)?.[1] as Reason | undefined) ?? 'other'
}

/** Stands for a backup in addresses, which name no file. */
export function keyOf(name: string): string {
  return hash('sha256', name).slice(0, 16)
}
