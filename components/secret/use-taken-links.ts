'use client';

import { useCallback, useState } from 'react';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';

export interface TakenLinks {
  /** Whether the sender has a copy of each. */
  readonly isAllTaken: boolean;
  readonly take: (...links: readonly string[]) => void;
}

/** Links that exist in this page alone: it asks before it is left until all were copied or shared. */
export function useTakenLinks(links: readonly string[]): TakenLinks {
  const [taken, setTaken] = useState<readonly string[]>([]);
  const isAllTaken = links.every((link) => taken.includes(link));
  useLeaveGuard(useCallback(() => !isAllTaken, [isAllTaken]));
  return {
    isAllTaken,
    take: (...links) => setTaken((before) => [...before, ...links]),
  };
}
