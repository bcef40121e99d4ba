/**
 * Who this instance speaks for. One place, so that an owner's own name,
 * colour and contact can later replace these without touching a component.
 */
export interface Brand {
  /** Shown in the header, in page titles and wherever a page says who it is from. */
  readonly name: string;
}

export const brand: Brand = {
  name: 'Sealpost',
};
