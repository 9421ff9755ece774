import './times.ts'
import './menus.ts'
import './dialogs.ts'
import './theme.ts'
import './scrollers.ts'
import './share.ts'
import './notices.ts'
import './select-bar.ts'
import './emoji.ts'
import './embed.ts'
import './editor/text-editor.ts'
import './editor/suggesting.ts'
import './fields.ts'
import './submit.ts'
import './drafts/index.ts'
import './quotes/index.ts'
import './keys.ts'

// Few pages have such a form, and what it needs is large.
if (document.querySelector('[data-proof]')) void import('./proof.ts')
if (document.querySelector('.prose a > img')) void import('./light-box.ts')
