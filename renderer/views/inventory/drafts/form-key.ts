import { inject, type InjectionKey } from 'vue';
import type { InventoryForm } from './inventory-form';

/** The form that fields belong to. */
export const formKey: InjectionKey<InventoryForm> = Symbol('inventory form');

/** The form around a field; a field outside one is a mistake in the code. */
export function useForm(): InventoryForm {
  const form = inject(formKey);
  if (!form) throw new Error('A form field stands outside a form.');
  return form;
}
