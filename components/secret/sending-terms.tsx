'use client';

import { useMemo } from 'react';
import { ExpiryField } from '@/components/secret/expiry-field';
import { PassphraseField } from '@/components/secret/passphrase-field';
import { useStanding } from '@/components/secret/standing';
import { Checkbox, RadioGroup } from '@/components/ui/choice';
import { Disclosure } from '@/components/ui/surface';
import { useHydrated } from '@/components/ui/script-only';
import { TextArea, TextField } from '@/components/ui/field';
import { allowedExpiries } from '@/lib/sealed/sending-policy';
import { canEncryptHere } from '@/lib/browser/browser-trouble';
import type { ComposeField, KeptFields } from '@/lib/sealed/outcomes';
import { EXPIRY_CHOICES } from '@/lib/sealed/policy';
import { compose } from '@/messages/en/compose';

type Term = Extract<ComposeField, 'expiresIn' | 'passphrase' | 'note' | 'recipients'>;

export interface SendingTermsProps {
  readonly ids: Readonly<Record<Term, string>>;
  readonly kept: KeptFields;
  readonly errorOf: (term: Term) => string | undefined;
}

/** How the secret is sent: as anyone may, until it is known who is looking and what they may. */
export function SendingTerms(props: SendingTermsProps) {
  const { ids, kept, errorOf } = props;
  const standing = useStanding();
  const choices = useMemo(
    () => (standing === null ? EXPIRY_CHOICES : allowedExpiries(standing.policy)),
    [standing],
  );
  const hasList = standing !== null && standing.staff !== null;
  const hasError =
    errorOf('note') !== undefined || (hasList && errorOf('recipients') !== undefined);
  return (
    <>
      <ExpiryField
        id={ids.expiresIn}
        error={errorOf('expiresIn')}
        defaultValue={kept.expiresIn}
        choices={choices}
      />
      <PassphraseField
        id={ids.passphrase}
        error={errorOf('passphrase')}
        isRequired={standing?.policy.passphraseRequired ?? false}
      />
      {/* What most senders never need. Opens itself where an error waits. */}
      <Disclosure summary={compose.more} open={hasError || undefined}>
        <div className="grid gap-6">
          <TextField
            id={ids.note}
            name="note"
            label={compose.note.label}
            hint={compose.note.hint}
            error={errorOf('note')}
            defaultValue={kept.note}
            autoComplete="off"
          />
          {hasList && <ListOptions {...props} canMail={standing.canMail} />}
          <SealChoice />
        </div>
      </Disclosure>
    </>
  );
}

/** What a sender with a list of their own can ask for. */
function ListOptions({
  ids,
  kept,
  errorOf,
  canMail,
}: SendingTermsProps & { readonly canMail: boolean }) {
  const { recipients, notify } = compose;
  return (
    <>
      <TextArea
        id={ids.recipients}
        name="recipients"
        label={recipients.label}
        hint={recipients.hint}
        error={errorOf('recipients')}
        defaultValue={kept.recipients}
        rows={3}
        className="min-h-0"
        autoComplete="off"
        spellCheck={false}
      />
      <Checkbox
        name="notifyWhenOpened"
        value="yes"
        label={notify.label}
        hint={canMail ? notify.hint : notify.withoutMail}
        defaultChecked={kept.notifyWhenOpened && canMail}
        disabled={!canMail}
      />
    </>
  );
}

/** Where to encrypt. A page without a script has the server do it. */
function SealChoice() {
  const { encrypt } = compose;
  if (!useHydrated()) return null;
  return (
    <RadioGroup
      name="encrypt"
      label={encrypt.label}
      defaultValue={canEncryptHere() ? 'browser' : 'server'}
      options={[
        {
          value: 'browser',
          label: encrypt.browser,
          hint: encrypt.browserHint,
          disabled: !canEncryptHere(),
        },
        { value: 'server', label: encrypt.server, hint: encrypt.serverHint },
      ]}
    />
  );
}
