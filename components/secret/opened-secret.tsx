'use client';

import { ArrivingHeading } from '@/components/secret/arriving-heading';
import type { Again } from '@/components/secret/message-view';
import { ShownSecret, type ShownSecretProps } from '@/components/secret/shown-secret';
import { useHydrated } from '@/components/secret/use-hydrated';
import { WithTime } from '@/components/secret/with-time';
import { Seal } from '@/components/site/seal';
import { Notice } from '@/components/ui/notice';
import { brand } from '@/lib/brand';
import { common } from '@/messages/en/common';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

export interface OpenedSecretProps extends Pick<ShownSecretProps, 'secret' | 'onHide' | 'onTaken'> {
  readonly again: Again;
  readonly arrives: boolean;
}

const words = open.opened;

/** The page on which a secret is read. */
export function OpenedSecret({ again, arrives, ...props }: OpenedSecretProps) {
  const isHydrated = useHydrated();
  return (
    <div className="grid gap-6">
      <div className="grid gap-4">
        <Seal state="broken" moves={arrives} className="size-14" />
        <ArrivingHeading
          arrives={arrives}
          above={fill(open.from, { brand: brand.name })}
          lead={<Lead again={again} />}
        >
          {words.heading}
        </ArrivingHeading>
      </div>
      <ShownSecret
        {...props}
        id="secret-text"
        words={words}
        fileName={words.fileName}
        variant="primary"
        isHeld={again !== null}
      />
      <Notice tone="warning">
        <p>{words.keep}</p>
        {isHydrated && <p>{common.opened.leaves}</p>}
      </Notice>
    </div>
  );
}

function Lead({ again }: Pick<OpenedSecretProps, 'again'>) {
  if (again === null) return words.onlyCopy;
  if (again === 'posting') return words.onlyCopyForNow;
  return <WithTime sentence={words.onlyCopyUntil} at={again.until} />;
}
