/** Words that every form has for what it waits for. */
export const form = {
  gettingReady: 'Getting ready …',
  late: 'What this page needs to send safely has not arrived yet. You can type meanwhile; nothing is sent. If this takes long, copy what you typed and load the page again, or use another browser.',
};
