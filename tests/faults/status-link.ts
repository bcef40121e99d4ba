import { postForm, readPostForm } from '@/tests/e2e/support/html-forms';
import { answerOf, get, read, unlessCut, whole } from './answers';
import type { Sealed } from './sealed';
import { readPage } from './pages';

/** What the holder of a status link sees and may do. */
export function byStatus(path: string): Pick<Sealed, 'status' | 'destroyAsSender'> {
  return {
    status: (at) => unlessCut(() => read(at + path)),
    destroyAsSender: (at) =>
      unlessCut(async () => {
        const html = await whole(await get(at + path));
        const told = readPage(html);
        if (told !== 'waiting') return answerOf(told);
        const form = { ...readPostForm(html, at + path), action: at + path };
        return answerOf(readPage(await whole(await postForm(form, { intent: 'destroy' }))));
      }),
  };
}
