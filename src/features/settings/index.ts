export { hueOf } from './accents.ts'
export { settingsForm, settingsIn } from './form.ts'
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
export {
  defaults,
  type Favicon,
  type Logo,
  type Registration,
  registry,
  type Setting,
  type SettingGroup,
  type SettingKey,
  type Settings,
  settingGroups,
} from './registry.ts'
