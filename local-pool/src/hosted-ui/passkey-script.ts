import { createHash } from 'node:crypto';

/**
 * Asks the browser for a passkey and posts what it gives; `data-ceremony` says whether one is made or used.
 * The first try begins by itself, because the person has just chosen a passkey. (WebAuthn section 5.1.)
 */
export const passkeyScript = `
const { dataset, firstElementChild: problem } = document.getElementById('passkey');
const form = document.querySelector('#passkey form');
const button = form.querySelector('button');
const makes = dataset.ceremony === 'create';
const read = makes ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
const say = (text) => { problem.textContent = text; problem.hidden = false; };
async function ask() {
  problem.hidden = true;
  try {
    const publicKey = PublicKeyCredential[read](JSON.parse(dataset.options));
    const credential = await navigator.credentials[dataset.ceremony]({ publicKey });
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (error) {
    say(error.name === 'InvalidStateError' ? 'This device has a passkey for you already.' : 'No passkey was ' + (makes ? 'made' : 'used') + '. Try again, or go back.');
  }
}
if (window.PublicKeyCredential?.[read]) {
  button.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); ask(); });
  if (!makes) ask();
} else say('Passkeys are not available in this browser.');
`;

/** The `script-src` source that admits exactly this script (CSP Level 3, section 2.3.1). */
export const passkeyScriptSource: string = `'sha256-${createHash('sha256').update(passkeyScript).digest('base64')}'`;
