import { inject, type InjectionKey } from 'vue';
import type { InventoryForm } from './inventory-form';

/** The form that fields belong to. */
export const formKey: InjectionKey<InventoryForm> = Symbol('inventory form');

/** The form of a field. Throws if the field is outside a form, which is a programming error. */
export function useForm(): InventoryForm {
  const form = inject(formKey);
  if (!form) throw new Error('A form field is outside a form.');
  return form;
}
