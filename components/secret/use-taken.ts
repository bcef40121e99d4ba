'use client';

import { useCallback, useState } from 'react';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';

export interface Taken {
  /** Whether its person has a copy of each. */
  readonly isAllTaken: boolean;
  readonly isTaken: (item: string) => boolean;
  readonly take: (...items: readonly string[]) => void;
}

/** What exists in this page alone: it asks before it is left until all were copied or shared. */
export function useTaken(items: readonly string[]): Taken {
  const [taken, setTaken] = useState<readonly string[]>([]);
  const isTaken = (item: string) => taken.includes(item);
  const isAllTaken = items.every(isTaken);
  useLeaveGuard(useCallback(() => !isAllTaken, [isAllTaken]));
  return { isAllTaken, isTaken, take: (...more) => setTaken((before) => [...before, ...more]) };
}
