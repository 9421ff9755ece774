export { hueOf } from './accents.ts'
export { changedValues, changesGuarded, settingsForm, settingsIn } from './form.ts'
export { type OwnLink, ownLinks } from './links.ts'
export { faviconBox, logoBox, shownLogo } from './logo.ts'
export { canSendMail, type Verification, verificationOf } from './mail.ts'
export {
  lockSettings,
  overruledSettings,
  overruleSettings,
  settings,
  storedSettings,
  writeSettings,
} from './queries.ts'
export type { Favicon, Logo } from './registry/appearance.ts'
export { defaults, type Registration, registry, type SettingKey, type Settings } from './registry/registry.ts'
export { type Setting, type SettingGroup, settingGroups } from './registry/setting.ts'
