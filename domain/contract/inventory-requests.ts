import { inventoryCommands, inventoryQueries } from './inventory-contract';
import { vendorCommands, vendorQueries } from './vendor';

/** The requests about the inventory: its forms and files, and its source at the vendor. */
export const ownInventoryQueries = { ...inventoryQueries, ...vendorQueries };
export const ownInventoryCommands = { ...inventoryCommands, ...vendorCommands };
