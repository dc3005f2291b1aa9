import { answersStep, missingFeatures, objectsStep } from './answer-steps';
import { credentialStep } from './credential-step';
import type { DoctorFacts } from './facts';
import { interfacesStep } from './interfaces-step';
import { engineStep, nameStep, reachStep } from './network-steps';
import { remediesFor } from './remedies';
import type { DoctorReport, DoctorStep } from './report';
import { reportedRoles, roleStep } from './role-step';
import { servicesStep, trapsStep } from './service-steps';

/** What the facts about an edge mean, step by step, and what would fix it. */
export function diagnose(facts: DoctorFacts): DoctorReport {
  const steps: DoctorStep[] = [
    nameStep(facts),
    reachStep(facts),
    engineStep(facts),
    credentialStep(facts),
    answersStep(facts),
    objectsStep(facts),
    roleStep(facts),
    interfacesStep(facts),
    servicesStep(facts),
    trapsStep(facts),
  ];
  const has = (status: DoctorStep['status']) => steps.some((one) => one.status === status);
  return {
    edge: facts.edge.name,
    atMs: facts.atMs,
    tookMs: facts.tookMs,
    status: has('failed') ? 'failed' : has('warning') ? 'warning' : 'ok',
    steps,
    missing: [...missingRole(facts), ...missingFeatures(facts)],
    remedies: remediesFor(facts),
  };
}

function missingRole(facts: DoctorFacts): string[] {
  if (facts.edge.isInCluster === false || !facts.reading) return [];
  const isReported = reportedRoles(facts).some(({ role }) => role !== 'unknown');
  return isReported ? [] : ['who the active LB is, from the edge itself: no object reports its role'];
}
