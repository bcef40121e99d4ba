/** Hands `text` over as a file made here; nothing is requested. */
export function downloadText(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The download has its own hold on the data once it began; the address need not outlive it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
