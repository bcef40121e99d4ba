import type { TroubleCode } from '@/lib/browser/browser-trouble';
import type { RefusalCode } from '@/lib/refusal-code';

/** A bug of ours: what may have come of it all the same, and how those who can mend it learn of it. */
const ofOurs = (outcome: string) =>
  `Something went wrong here by a mistake of ours, and not of yours. ${outcome} Tell whoever runs this site what you did and at what time: what went wrong stands in their log under that time.`;

/** Above a page that is not shown for that. */
export const faultHeading = 'Our mistake';

/** One sentence for every way in which a form is refused. */
export const refusals: Readonly<Record<RefusalCode, string>> = {
  text_hidden:
    'This holds characters that can’t be seen, or that write over others, which could make it look like something else. Type it instead of pasting it.',
  secret_missing: 'Write the secret first: there is nothing to send yet.',
  secret_too_large: 'This is too large: a secret can be up to 1 MiB of text.',
  secret_too_large_for_all:
    'This is too large for so many recipients: their copies together can be up to 1 MiB of text.',
  fields_missing: 'Fill in at least one field: there is nothing to send yet.',
  too_many_fields: 'These are too many fields: up to 40 fit.',
  field_label_missing: 'Give this field a label, so that its reader knows what it is.',
  field_label_too_long: 'This label is too long: up to 100 characters fit.',
  expiry_unknown: 'Choose from the list when the link should expire.',
  expiry_not_allowed:
    'The owner of this site allows no link to wait that long. Choose a shorter time.',
  passphrase_too_long: 'This passphrase is too long: up to 256 characters fit.',
  passphrase_control:
    'A passphrase can’t hold a tab or a line break: whoever opens the secret could not enter it.',
  passphrase_space:
    'Take the space at the start or the end of the passphrase away: it is easily lost or added on the way.',
  passphrase_too_new:
    'One character of this passphrase is too new: other devices may not know it yet. Choose another one.',
  passphrase_missing: 'Enter the passphrase. The person who sent you the link has it.',
  passphrase_wrong:
    'This is not the right passphrase. Check it letter by letter: capital letters and spaces may count.',
  passphrase_required:
    'The owner of this site wants every secret to have a passphrase. Enter one, or generate it.',
  note_too_long: 'This note is too long: up to 200 characters fit.',
  recipient_too_long: 'A recipient is too long: up to 200 characters fit into a line.',
  too_many_recipients: 'These are too many recipients: up to 50 fit.',
  show_unconfirmed: 'Nothing was opened. Tick the box to confirm, then press the button again.',
  destroy_unconfirmed: 'Nothing was destroyed. Read the question, then answer it.',
  link_incomplete: 'This link is incomplete. Copy the whole link, to its very end, and try again.',
  link_altered:
    'This link is not whole, or was altered on its way, so the secret stayed closed. Nothing was used up: go back to the message you got, copy the whole link, to its very end, and open it again.',
  name_missing: 'Enter your name: it is how clients and colleagues know you.',
  name_too_long: 'This name is too long: up to 100 characters fit.',
  name_like_address:
    'Leave the @ out: a name must not look like an address. Yours stands beside it where it is needed.',
  name_mixes_alphabets:
    'One word of this name has letters of two alphabets that look alike. Write each word in one alphabet.',
  email_invalid: 'Enter an e-mail address that mail can be sent to, such as ada@example.org.',
  email_taken:
    'There is an account with this e-mail address already: whoever has it signs in with it.',
  password_too_short: 'This password is too short: use at least 12 characters.',
  password_too_long: 'This password is too long: up to 256 characters fit.',
  password_wrong: 'This is not your password. Try again.',
  sign_in_wrong: 'E-mail address and password do not fit together. Check both, then try again.',
  sign_in_slowed:
    'Too many wrong passwords were tried for this address, here or in browsers that are new to it, so the next one has to wait. Nothing is lost: use another browser where you have signed in before, or try again in half an hour.',
  password_slowed:
    'Too many wrong passwords were tried here. Nothing was changed: try again in half an hour.',
  code_slowed:
    'Too many wrong codes were tried, so codes of the app have to wait half an hour. A code of the list that you saved works now.',
  first_code_slowed:
    'Too many wrong codes were tried. Your second factor is not on yet: enter the code that your app shows in half an hour.',
  cookies_needed:
    'This browser keeps no cookies for this site, and signing in takes one. Allow cookies, reload the page and try again.',
  second_factor_needed: 'Enter the code from your authenticator app.',
  second_factor_wrong:
    'This code is wrong. Take the next one of your app or, once your second factor is on, one of those that you saved before. The code that keeps your vault is another one: it does not work here.',
  second_factor_used:
    'This code, or one after it, was used already, and each counts once. Wait for the next one and try again.',
  second_factor_unreadable:
    'This site has lost the key by which it checks your app, so no code of it can be right. Use one of the ten codes that you saved with it, or ask an owner to turn your second factor off.',
  invitation_unknown:
    'This invitation was used already, has expired or was withdrawn. Ask for a new one.',
  invitation_needed: 'Accounts here are made by invitation. Ask the owner of this site for one.',
  recovery_unknown:
    'This link was used already or has expired, so it changes nothing any more. Ask for a new one.',
  recovery_own:
    'This link would be for your own account. Change your password under “You”, or let another owner make the link.',
  second_factor_own: 'This is your own second factor: turn it off under “Security”, with a code.',
  email_link_unknown:
    'This link was used already or has expired. If the address was not confirmed by it, enter the new one once more, under Settings.',
  recovery_code_wrong:
    'This is not the recovery code of this account. Check it, letter by letter; nothing was changed.',
  loss_unconfirmed: 'Nothing was changed. Tick the box to confirm what will be lost.',
  last_owner: 'This is the only owner. Make somebody else an owner first.',
  losses_changed:
    'What would be lost has changed since this page was shown. Nothing was removed: what it is now stands above. Look at it, then answer once more.',
  member_unknown: 'This account does not exist any more. Reload the page.',
  hand_over_asked:
    'An owner asked for this within the last day, and the mail has gone out. Ask again tomorrow.',
  changed_meanwhile:
    'This was changed somewhere else in the meantime. Nothing was changed here: reload the page and try again.',
  sign_in_required: 'Sign in first: this is for the staff of this site.',
  not_allowed: 'This is not yours to change.',
  question_missing: 'Say what you need: your client reads it on the page behind the link.',
  question_too_long: 'This is too long: up to 500 characters fit.',
  too_many_readers: 'These are too many people: up to 50 can read one request.',
  replies_out_of_range: 'Choose a number of replies from 1 to 50.',
  reader_unknown: 'One of the people you chose has no account any more. Reload the page, please.',
  vault_replaced:
    'One of those who are to read has a new vault since this page was opened, so nothing was sealed to the old one. The page knows the new one now: press the button again.',
  last_reader: 'Somebody has to remain who can read the replies: add somebody else first.',
  reply_missing: 'Fill in at least one field: there is nothing to send yet.',
  reply_incomplete: 'This is required. Fill it in before you send.',
  reply_empties_unconfirmed:
    'You left something empty. Fill it in, or tick the box that says it is meant to be. Nothing was sent.',
  reply_too_large: 'This is too large: a reply can be up to 1 MiB of text. Nothing was sent.',
  reply_unreadable:
    'This reply can’t be read any more: what is stored was altered or damaged, or its key is gone. Nothing was used up; tell whoever runs this site.',
  reply_taken_back:
    'You took this reply back, so it was not sent again. To send another, open your link once more.',
  replies_full:
    'This request has all the replies it allows: another one came first. Yours was not sent. Ask for a new link.',
  request_closed: 'This request was closed meanwhile. Your reply was not sent. Ask for a new link.',
  request_expired: 'This request expired meanwhile. Your reply was not sent. Ask for a new link.',
  input_malformed: 'The form arrived damaged. Nothing was changed: reload the page and try again.',
  too_many_requests:
    'That was too often in a short time. Nothing was lost: wait a minute, then try again.',
  busy: 'The server is busy. Nothing was lost: try again in a moment.',
  database_restored:
    'The database of this site was restored from an older copy, so this may have been opened before. It stays closed until the people who run the site decide. Ask whoever sent it to send it again.',
  unavailable:
    'The server can’t reach its database right now, so what was asked of it may or may not have been done. Try again in a moment.',
  look_failed:
    'The server can’t reach its database right now. Nothing was lost or changed by this: try again in a moment.',
  fault: ofOurs('What was asked may or may not have been done.'),
  fault_in_look: ofOurs('Nothing was lost or changed by this.'),
};

/** One sentence for everything that goes wrong on the way, or in this browser alone. */
export const troubles: Readonly<Record<Exclude<TroubleCode, 'cancelled'>, string>> = {
  no_answer:
    'No answer came from the server. Nothing was lost: check your connection, then try again.',
  lost_repeatable:
    'The server could not confirm this, so it may have been done already. Check your connection, wait a moment, then do it again: done twice comes to the same.',
  lost_reload:
    'The server could not confirm this, so it may have been done already. Check your connection, wait a moment and reload the page: it shows whether it was.',
  lost_link:
    'The server could not confirm this, so a link may have been made that reaches nobody. Check your connection, wait a moment, then try again: that makes another one.',
  lost_request:
    'The server could not confirm this, so the request may have been made already. Check your connection, wait a moment and look on the dashboard, in another tab, before you try again.',
  lost_opening:
    'The server could not confirm this, so it may have been opened already, for this tab alone. Stay on this page, check your connection and try again here, soon: it is shown then.',
  lost_reply:
    'The server could not confirm this, so your reply may have arrived already. Stay on this page, check your connection, wait a moment and press the button again: it counts once.',
  lost_account:
    'The server could not confirm this, so the account may have been made already, with this recovery code. Stay on this page, check your connection, wait a moment and press the button again.',
  lost_recovery:
    'The server could not confirm this, so your new password and this recovery code may be in force already. Stay on this page, check your connection, wait a moment and press the button again.',
  lost_password:
    'The server could not confirm this, so the new password may be in force already, and this browser signed out. Sign in with the new password; if that is refused, with the one before.',
  lost_recovery_code:
    'The server could not confirm this, so this code may be in force already. Keep the one before as well, check your connection, wait a moment and press the button again: that makes sure.',
  lost_email:
    'The server could not confirm this, so it may have been done already. Check your connection, wait a moment, then look into the mailbox of the new address, and reload the page: it shows which address holds.',
  lost_email_confirmed:
    'The server could not confirm this, so the new address may be in force already. Check your connection, wait a moment, then look under “You” in the settings: it stands there. To sign in, try the new address first.',
  lost_deletion:
    'The server could not confirm this, so your account may be deleted already. Check your connection, wait a moment and reload the page: if it asks you to sign in and your password is refused, the account is gone.',
  lost_second_factor:
    'The server could not confirm this, so your second factor may be on already, with these codes. Stay on this page, check your connection, wait a moment and press the button again: that makes sure.',
  lost_codes:
    'The server could not confirm this, so these codes may be in force already, and those before good for nothing. Keep both, check your connection, wait a moment and press the button again: that makes sure.',
  lost_sign_in:
    'The server could not confirm this, so you may be signed in already. Check your connection, wait a moment and reload the page, or try again, with another code if you entered one.',
  lost_sign_out:
    'The server could not confirm this, so you may be signed in here still. Check your connection, wait a moment, then try again.',
  server_failed: 'Something went wrong on the server. Nothing was lost: try again in a moment.',
  fault_in_look: ofOurs('Nothing was lost or changed by this.'),
  fault_lost_repeatable: ofOurs(
    'It may have been done all the same. You can do it again: done twice comes to the same.',
  ),
  fault_lost_reload: ofOurs(
    'It may have been done all the same. Reload the page: it shows whether it was.',
  ),
  fault_lost_link: ofOurs(
    'A link may have been made all the same, one that reaches nobody. You can try again: that makes another one.',
  ),
  fault_lost_request: ofOurs(
    'The request may have been made all the same. Look on the dashboard, in another tab, before you try again.',
  ),
  fault_lost_opening: ofOurs(
    'It may have been opened all the same, for this tab alone. Stay on this page and try again here, soon: what was opened can be had for a short time yet.',
  ),
  fault_lost_reply: ofOurs(
    'Your reply may have arrived all the same. Stay on this page and press the button again: it counts once.',
  ),
  fault_lost_account: ofOurs(
    'The account may have been made all the same, with this recovery code. Stay on this page, keep the code and press the button again.',
  ),
  fault_lost_recovery: ofOurs(
    'Your new password and this recovery code may be in force all the same. Stay on this page, keep both and press the button again.',
  ),
  fault_lost_password: ofOurs(
    'The new password may be in force all the same, and this browser signed out. Sign in with the new password; if that is refused, with the one before.',
  ),
  fault_lost_recovery_code: ofOurs(
    'This code may be in force all the same. Keep the one before as well, and press the button again: once that works, this code is the one.',
  ),
  fault_lost_email: ofOurs(
    'It may have been done all the same. Look into the mailbox of the new address, and reload the page: it shows which address holds.',
  ),
  fault_lost_email_confirmed: ofOurs(
    'The new address may be in force all the same. Look under “You” in the settings: it stands there. To sign in, try the new address first.',
  ),
  fault_lost_deletion: ofOurs(
    'Your account may be deleted all the same. Reload the page: if it asks you to sign in and your password is refused, the account is gone.',
  ),
  fault_lost_second_factor: ofOurs(
    'Your second factor may be on all the same, with these codes. Stay on this page, keep the codes and press the button again: once that works, they are in force.',
  ),
  fault_lost_codes: ofOurs(
    'These codes may be in force all the same, and those before good for nothing. Keep both, and press the button again: once that works, these are the ones.',
  ),
  fault_lost_sign_in: ofOurs(
    'You may be signed in all the same. Reload the page, or try again, with another code if you entered one.',
  ),
  fault_lost_sign_out: ofOurs('You may be signed in here still. Try again.'),
  page_outdated:
    'The server was updated since this page was loaded. Nothing was lost, but the page must be reloaded.',
  encryption_missing:
    'This browser offers no encryption to this page, so nothing was done. Open the page over https, or use another browser.',
  storage_refused:
    'This browser lets the site keep nothing: a private window, or site data is blocked. Nothing was lost: allow it for this address, or use another window.',
  browser_failed:
    'Something went wrong in this browser, not on the server. Nothing was lost: try again, or use another browser.',
  stretching_failed:
    'This device can’t work with a passphrase: it has too little free memory. Nothing was lost: close other tabs and try again, or use another device.',
  unreadable:
    'What arrived does not fit the link, so it was not shown. Try again; if that does not help, tell the sender.',
};
