'use client';

import { useLayoutEffect, useRef } from 'react';
import { Button, type ButtonProps } from '@/components/ui/button';

/**
 * A button that may be gone once it has done its work. If it has the focus then, the heading of its
 * section takes it, as long as that can (`tabIndex={-1}`): the keyboard goes on from there, and a
 * screen reader says where that is.
 */
export function PassingButton(props: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    // Cleaned up while it is still in the page.
    return () => {
      if (element === null || element !== document.activeElement) return;
      element.closest('section')?.querySelector('h2')?.focus();
    };
  }, []);
  return <Button {...props} ref={button} />;
}
