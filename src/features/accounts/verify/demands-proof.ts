import { type Settings, verificationOf } from '../../settings/index.ts'

/** Does this forum ask new members to prove that their address is theirs? */
export function demandsProof(rules: Settings): boolean {
  return verificationOf(rules) !== 'off'
}
