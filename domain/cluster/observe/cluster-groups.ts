import type { Cluster, Edge } from '../../inventory/inventory';
import type { RoleWitness } from '../../model/role';
import {
  chooseGroup,
  splitByGroup,
  type GroupChoice,
  type GroupFacts,
  type SplitReports,
} from './carp-group';

const nothing: SplitReports = { own: [], others: [] };

/** The groups that the LBs of a cluster report, and which of them is the cluster's. */
export class ClusterGroups {
  readonly #facts: GroupFacts;
  readonly #lbs: readonly string[];
  /** The latest reports of each LB; null: it was asked, and reported nothing yet. */
  readonly #reports = new Map<string, readonly RoleWitness[] | null>();
  readonly #splits = new Map<string, SplitReports>();
  #choice: GroupChoice;
  /** Rises whenever the cluster's group becomes another one. */
  #changes = 0;

  constructor(cluster: Pick<Cluster, 'vhid' | 'clusterIp'> | null, lbs: readonly Edge[]) {
    this.#facts = { vhid: cluster?.vhid, clusterIp: cluster?.clusterIp ?? '' };
    this.#lbs = lbs.filter(({ status }) => status === 'enabled').map(({ id }) => id);
    this.#choice = chooseGroup([], this.#facts);
  }

  get choice(): GroupChoice {
    return this.#choice;
  }

  /** How often the cluster's group became another one: what was known of the LBs is about the one before. */
  get changes(): number {
    return this.#changes;
  }

  /** Applies an LB's direct reports, empty where it reports nothing. Those about the cluster's group. */
  observe(edgeId: string, words: readonly RoleWitness[]): readonly RoleWitness[] {
    const before = this.#reports.get(edgeId);
    const isFirst = before === undefined;
    if (words.length === 0) {
      if (isFirst) this.#reports.set(edgeId, null);
      if (isFirst) this.#choose();
      this.#splits.set(edgeId, nothing);
      return words;
    }
    this.#reports.set(edgeId, words);
    if (isFirst || before === null || !haveSameGroups(before, words)) this.#choose();
    const split = splitByGroup(words, this.#choice, this.#facts.clusterIp);
    this.#splits.set(edgeId, split);
    return split.own;
  }

  /** The latest reports of an LB about other groups than the cluster's. */
  othersOn(edgeId: string): readonly RoleWitness[] {
    return this.#splits.get(edgeId)?.others ?? [];
  }

  /** Whether every LB was asked at least once. */
  get isComplete(): boolean {
    return this.#lbs.every((id) => this.#reports.has(id));
  }

  /** Whether an LB reports groups, but not the cluster's. */
  lacksGroup(edgeId: string): boolean {
    const split = this.#splits.get(edgeId);
    return split !== undefined && split.own.length === 0 && split.others.length > 0;
  }

  #choose(): void {
    const before = this.#choice;
    const reports = [...this.#reports.values()].flatMap((words) => (words ? [words] : []));
    const next = chooseGroup(reports, this.#facts);
    const isLearned = next.by === 'common' || next.by === 'lowest';
    // Which group all LBs have is not known before each was asked; once learned, it stays while any LB reports it.
    if (isLearned && before.vhid !== null && reports.flat().some(({ vhid }) => vhid === before.vhid)) return;
    this.#choice = isLearned && !this.isComplete ? { vhid: null, by: 'undecided' } : next;
    const { vhid } = this.#choice;
    const counted = [...this.#splits.values()].flatMap(({ own }) => own);
    if (vhid !== null && counted.some((word) => word.vhid !== null && word.vhid !== vhid)) this.#changes += 1;
  }
}

function haveSameGroups(before: readonly RoleWitness[], after: readonly RoleWitness[]): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  return after.every((word, at) => {
    const was = before[at];
    const isSame = was?.witness === word.witness && was.vhid === word.vhid;
    return isSame && was.label === word.label && was.virtualIps === word.virtualIps;
  });
}
