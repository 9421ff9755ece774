// Works on a challenge beside the page, as altcha's widget asks for it.
import 'altcha/workers/pbkdf2'
