/** Column positions of the diagram, pixels from the left. */
export interface TopologyColumns {
  users: number;
  address: number;
  addressEnd: number;
  frame: number;
  lb: number;
  lbEnd: number;
  proxy: number;
  proxyEnd: number;
  frameEnd: number;
  bus: number;
}

export const wideColumns: TopologyColumns = {
  users: 16,
  address: 134,
  addressEnd: 258,
  frame: 296,
  lb: 308,
  lbEnd: 376,
  proxy: 448,
  proxyEnd: 520,
  frameEnd: 532,
  bus: 560,
};

/** For narrow windows with the table next to the diagram. */
export const compactColumns: TopologyColumns = {
  users: 8,
  address: 126,
  addressEnd: 242,
  frame: 266,
  lb: 274,
  lbEnd: 336,
  proxy: 386,
  proxyEnd: 446,
  frameEnd: 454,
  bus: 474,
};
