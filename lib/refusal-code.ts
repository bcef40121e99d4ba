/**
 * Why a form was refused, whatever the form. One exhaustive table a language
 * maps each code to a sentence, another each to the status of the answer.
 */
export const REFUSAL_CODES = [
  // a secret and its link
  'secret_missing',
  'secret_too_large',
  'secret_too_large_for_all',
  'fields_missing',
  'too_many_fields',
  'field_label_missing',
  'field_label_too_long',
  'expiry_unknown',
  'expiry_not_allowed',
  'passphrase_too_long',
  'passphrase_control',
  'passphrase_space',
  'passphrase_too_new',
  'passphrase_missing',
  'passphrase_wrong',
  'passphrase_required',
  'note_too_long',
  'recipient_too_long',
  'too_many_recipients',
  'show_unconfirmed',
  'destroy_unconfirmed',
  'link_incomplete',
  'link_altered',
  // accounts
  'name_missing',
  'name_too_long',
  'email_invalid',
  'email_taken',
  'password_too_short',
  'password_too_long',
  'password_wrong',
  'sign_in_wrong',
  'second_factor_needed',
  'second_factor_wrong',
  'invitation_unknown',
  'invitation_needed',
  'recovery_unknown',
  'recovery_own',
  'second_factor_own',
  'email_link_unknown',
  'recovery_code_wrong',
  'loss_unconfirmed',
  'last_owner',
  'member_unknown',
  'changed_meanwhile',
  'sign_in_required',
  'not_allowed',
  // requests and replies
  'question_missing',
  'question_too_long',
  'too_many_readers',
  'replies_out_of_range',
  'reader_unknown',
  'vault_replaced',
  'last_reader',
  'reply_missing',
  'reply_incomplete',
  'reply_empties_unconfirmed',
  'reply_too_large',
  'reply_unreadable',
  'reply_taken_back',
  'replies_full',
  'request_closed',
  'request_expired',
  // any form
  'input_malformed',
  'too_many_requests',
  'busy',
  'database_rewound',
  'unavailable',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export function isRefusalCode(text: string): text is RefusalCode {
  return REFUSAL_CODES.some((code) => code === text);
}
