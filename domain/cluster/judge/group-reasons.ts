import type { Reason } from '../../model/health';
import type { RoleWitness } from '../../model/role';
import type { GroupChoice } from '../observe/carp-group';
import type { ClusterGroups } from '../observe/cluster-groups';

/** What is to be said of an edge whose LB reports several groups: faults, and notes that are none. */
export interface GroupReasons {
  faults: Reason[];
  notes: Reason[];
}

const none: GroupReasons = { faults: [], notes: [] };

export function groupReasons(edgeName: string, edgeId: string, groups: ClusterGroups): GroupReasons {
  const others = groups.othersOn(edgeId);
  if (others.length === 0) return none;
  const { choice } = groups;
  const listed = `It reports ${others.map(groupWords).join(', ')}.`;
  if (!groups.lacksGroup(edgeId)) {
    const fact = `${edgeName} also has ${others.map(groupName).join(', ')}.`;
    const detail = [listed, whyChosen(choice)].filter((words) => words !== '').join(' ');
    return { faults: [], notes: [{ code: 'other-groups', fact, detail }] };
  }
  if (choice.vhid !== null) {
    const fact = `${edgeName} does not report VHID ${choice.vhid}, the group of the cluster.`;
    const detail = [listed, whyChosen(choice) || 'It cannot take over.'].join(' ');
    return { faults: [{ code: 'group-missing', fact, detail }], notes: [] };
  }
  if (!groups.isComplete) return none;
  const fact = `${edgeName} has several groups, and none is known to be that of the cluster.`;
  const detail = `${listed} Set vhid in the inventory.`;
  return { faults: [{ code: 'group-undecided', fact, detail }], notes: [] };
}

function whyChosen({ vhid, by }: GroupChoice): string {
  if (by === 'common') return `VHID ${vhid} counts: it is the only one that all LBs of the cluster have.`;
  if (by !== 'lowest') return '';
  return `VHID ${vhid} counts: the lowest that its LBs share. Set vhid in the inventory if it is another one.`;
}

function groupName({ vhid, label }: RoleWitness): string {
  const named = label ? ` (${label})` : '';
  return vhid === null ? `a group without VHID${named}` : `VHID ${vhid}${named}`;
}

function groupWords(word: RoleWitness): string {
  return `${groupName(word)} ${word.role.toUpperCase()}`;
}
