/** A template's texts for other channels, and for where there is little room: `order-late.chat`, `order-late.short`. */
import { channels } from '../../core/ticket/channel';

/** Said where the others are longer than the channel's `longest-reply`. */
export const shortVariant = '.short';

/** What may follow the dot. */
export const variantNames: readonly string[] = [...channels, shortVariant.slice(1)];

/** `order-late` of `order-late.chat`, and of itself. */
export function baseName(template: string): string {
  const [base = template] = template.split('.', 1);
  return base;
}

/** `.chat`; "" of a template that is no variant. */
export function variantOf(template: string): string {
  return template.slice(baseName(template).length);
}
