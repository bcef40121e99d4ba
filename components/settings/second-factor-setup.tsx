'use client';

import { useState } from 'react';
import { leaveFor } from '@/components/account/use-form-work';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { CodeList } from '@/components/settings/code-list';
import { PasswordForm } from '@/components/settings/password-form';
import { Section } from '@/components/settings/section';
import { CopyButton } from '@/components/ui/copy-button';
import { PageHeading } from '@/components/ui/page-heading';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/text-area';
import type { DoneResult, SecondFactorStart, VaultResult } from '@/lib/accounts/outcomes';
import type { MadeCodeList } from '@/lib/browser/account/make-code-list';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { common } from '@/messages/en/common';
import { settings } from '@/messages/en/settings';

export interface SecondFactorSetupProps {
  readonly accountId: string;
  readonly email: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly startSecondFactor: (form: FormData) => Promise<SecondFactorStart>;
  readonly confirmSecondFactor: (form: FormData) => Promise<DoneResult>;
}

/** What the app is set up with, and the codes that will stand in for it: neither is in force yet. */
interface Started extends Omit<Extract<SecondFactorStart, { status: 'started' }>, 'status'> {
  readonly list: MadeCodeList;
}

const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-code-list'));

/** Password, then the app with its list of codes, which come into force together. */
export function SecondFactorSetup(props: SecondFactorSetupProps) {
  const { accountId, email, readOwnVault, startSecondFactor, confirmSecondFactor } = props;
  const words = settings.secondFactor;
  const [started, setStarted] = useState<Started | null>(null);

  if (started !== null) {
    const { list, ...app } = started;
    return (
      <div className="grid gap-7">
        <AppStep {...app} />
        <Section id="list-heading" heading={words.listHeading} lead={words.listLead}>
          <CodeList
            codes={list.codes}
            email={email}
            words={words.turningOn}
            onSaved={async (code) => {
              const form = new FormData();
              form.set('code', code);
              form.set('codeHashes', list.codeHashes);
              const result = await askServer('confirmSecondFactor', () =>
                confirmSecondFactor(form),
              );
              return result.status === 'refused' ? result : leaveFor('/settings/security');
            }}
          />
        </Section>
      </div>
    );
  }
  return (
    <div className="grid gap-7">
      <PageHeading lead={words.setUpLead}>{words.setUpHeading}</PageHeading>
      <PasswordForm
        name="second-factor"
        readOwnVault={readOwnVault}
        submit={words.setUp}
        onProved={async (form) => {
          const { makeCodeList } = await loadMaking();
          const list = await makeCodeList(accountId);
          const result = await askServer('startSecondFactor', () => startSecondFactor(form));
          if (result.status === 'refused') return result;
          setStarted({ ...result, list });
          return null;
        }}
      />
    </div>
  );
}

const KEY_ID = 'second-factor-key';

function AppStep({ base32, uri, qr }: Omit<Started, 'list'>) {
  const words = settings.secondFactor;
  return (
    <>
      <ArrivingHeading arrives lead={words.scanLead}>
        {words.scanHeading}
      </ArrivingHeading>
      <svg
        role="img"
        aria-label={words.qrLabel}
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="block w-full max-w-56"
      >
        <rect width={qr.size} height={qr.size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <div className="grid justify-items-start gap-3">
        <TextArea
          {...TYPED_SECRET}
          id={KEY_ID}
          label={words.key}
          hint={words.keyHint}
          mono
          readOnly
          rows={2}
          value={base32}
          className="min-h-0 break-all"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={base32} sourceId={KEY_ID} words={common.copying}>
          {words.copyKey}
        </CopyButton>
        {/* Its address holds the key: a translator gets the words alone. */}
        <a className="quiet-link" href={uri} translate="no">
          <span translate="yes">{words.openApp}</span>
        </a>
      </div>
    </>
  );
}
