'use client';

import { useState } from 'react';
import {
  leaveIfDone,
  refusedHere,
  textOf,
  type Ask,
  type FormOutcome,
} from '@/components/account/account-form';
import { CodeField } from '@/components/account/credential-fields';
import { ShownOnce } from '@/components/account/shown-once';
import { QrCode } from '@/components/ui/qr-code';
import { ArrivingHeading } from '@/components/ui/arriving-heading';
import { ProofForm } from '@/components/settings/proof';
import { Section } from '@/components/settings/section';
import { CopyButton } from '@/components/ui/copy-button';
import { PageHeading } from '@/components/ui/surface';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { ShownValue } from '@/components/ui/shown-value';
import { TextArea } from '@/components/ui/field';
import type { DoneResult, SecondFactorStart, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import type { Act } from '@/lib/browser/browser-trouble';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

const words = settings.secondFactor;

const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-account'));

interface Own {
  readonly accountId: string;
  readonly email: string;
  readonly readOwnVault: Ask<VaultResult>;
}

/** Codes that nothing knows of yet, and the form that puts them in force. */
interface NewList {
  readonly codes: readonly string[];
  readonly form: FormData;
}

export interface SecondFactorSetupProps extends Own {
  readonly startSecondFactor: Ask<SecondFactorStart>;
  readonly confirmSecondFactor: Ask<DoneResult>;
}

type App = Extract<SecondFactorStart, { status: 'started' }>;

/** Password, then the app with its list of codes, which come into force together. */
export function SecondFactorSetup(props: SecondFactorSetupProps) {
  const { accountId, email, readOwnVault, startSecondFactor, confirmSecondFactor } = props;
  const [started, setStarted] = useState<{ app: App; list: NewList } | null>(null);

  if (started !== null) {
    return (
      <div className="grid gap-7">
        <AppStep {...started.app} />
        <Section id="list-heading" heading={words.listHeading} lead={words.listLead}>
          <CodeList
            list={started.list}
            email={email}
            words={words.turningOn}
            act="confirmSecondFactor"
            action={confirmSecondFactor}
          />
        </Section>
      </div>
    );
  }
  return (
    <div className="grid gap-7">
      <PageHeading lead={words.setUpLead}>{words.setUpHeading}</PageHeading>
      <ProofForm
        name="second-factor"
        readOwnVault={readOwnVault}
        asksCode={false}
        submit={words.setUp}
        onProved={async (proof) => {
          const { makeCodeList } = await loadMaking();
          const form = new FormData();
          const codes = await makeCodeList(accountId, form);
          const app = await askServer('startSecondFactor', () => startSecondFactor(proof));
          if (app.status === 'refused') return app;
          setStarted({ app, list: { codes, form } });
          return { status: 'done' };
        }}
      />
    </div>
  );
}

const KEY_ID = 'second-factor-key';

/** What the app is set up with. It is not in force yet. */
function AppStep({ base32, uri, qr }: App) {
  return (
    <>
      <ArrivingHeading arrives lead={words.scanLead}>
        {words.scanHeading}
      </ArrivingHeading>
      <QrCode qr={qr} label={words.qrLabel} />
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

export interface SecondFactorChangeProps extends Own {
  readonly renewSecondFactorCodes: Ask<DoneResult>;
  readonly turnOffSecondFactor: Ask<DoneResult>;
}

/** For a second factor that is on: another list of codes, or off. */
export function SecondFactorChange(props: SecondFactorChangeProps) {
  const { accountId, email, readOwnVault, renewSecondFactorCodes, turnOffSecondFactor } = props;
  const [list, setList] = useState<NewList | null>(null);

  if (list !== null) {
    return (
      <div className="grid gap-6">
        <ArrivingHeading arrives lead={words.listLead}>
          {words.renewHeading}
        </ArrivingHeading>
        <CodeList
          list={list}
          email={email}
          words={words.renewing}
          act="renewSecondFactorCodes"
          action={renewSecondFactorCodes}
        />
      </div>
    );
  }
  return (
    <div className="grid gap-9">
      <PageHeading lead={words.onLead}>{words.onHeading}</PageHeading>
      <Section id="renew-heading" heading={words.renewHeading} lead={words.renewLead}>
        <ProofForm
          name="renew"
          readOwnVault={readOwnVault}
          asksCode={false}
          submit={words.renew}
          onProved={async (form) => {
            const { makeCodeList } = await loadMaking();
            setList({ codes: await makeCodeList(accountId, form), form });
            return { status: 'done' };
          }}
        />
      </Section>
      <Section id="turn-off-heading" heading={words.offHeading} lead={words.offLead}>
        <ProofForm
          name="turn-off"
          readOwnVault={readOwnVault}
          asksCode
          submit={words.turnOff}
          onProved={async (form) => {
            const result = await askServer('turnOffSecondFactor', () => turnOffSecondFactor(form));
            return leaveIfDone(result, '/settings/security');
          }}
        />
      </Section>
    </div>
  );
}

interface CodeListProps {
  readonly list: NewList;
  readonly email: string;
  readonly words: {
    readonly untilThen: string;
    readonly codeHint: string;
    readonly saved: string;
    readonly saving: string;
  };
  readonly act: Act;
  readonly action: Ask<DoneResult>;
}

const LIST_ID = 'second-factor-codes';

/** The codes that stand in for the app, and a code of the app that puts them in force. */
function CodeList({ list, email, words: own, act, action }: CodeListProps) {
  const { codes, form } = list;
  const lines = codes.join('\n');

  /** A code of an app is good for a minute, and keeping a list takes longer: so it is asked for here. */
  async function save(given: FormData): Promise<FormOutcome> {
    const code = textOf(given, 'code');
    if (code === '') return refusedHere('second_factor_needed', 'code');
    form.set('code', code);
    return leaveIfDone(await askServer(act, () => action(form)), '/settings/security');
  }

  return (
    <ShownOnce
      name="second-factor"
      shownId={LIST_ID}
      shown={
        <ul id={LIST_ID} className="grid gap-1 font-mono sm:grid-cols-2">
          {codes.map((code) => (
            <ShownValue as="li" key={code}>
              {code}
            </ShownValue>
          ))}
        </ul>
      }
      text={lines}
      fileText={fill(words.fileText, { brand: brand.name, email, codes: lines })}
      words={{
        region: words.listRegion,
        copy: words.copyList,
        download: words.downloadList,
        fileName: words.fileName,
        saved: own.saved,
      }}
      untilThen={own.untilThen}
      step={own.saving}
      onSaved={save}
    >
      {(work) => <CodeField {...work.field('code')} label={words.code} hint={own.codeHint} />}
    </ShownOnce>
  );
}
