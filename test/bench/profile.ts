/** Where a process spent its time, from the profile that node writes with --cpu-prof. */
import { must } from '@smc/domain';

/** What is used of V8's format. */
export type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      /** From 0. */
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
};

export type Spent = { readonly name: string; readonly ms: number };

export type ProfileSummary = {
  /** Without the time in which there was nothing to do. */
  readonly busyMs: number;
  /** By package or dependency, most first. */
  readonly groups: readonly Spent[];
  /** By function, `name  file:line`, most first. */
  readonly functions: readonly Spent[];
};

const IDLE = '(idle)';

/** Self time: what was called from a function counts for the function that was called. */
export function summariseProfile({ nodes, samples, timeDeltas }: CpuProfile): ProfileSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const groups = new Map<string, number>();
  const functions = new Map<string, number>();
  let busyMs = 0;
  samples.forEach((id, i) => {
    const frame = must(frames.get(id), 'a sample is of a node');
    if (frame.functionName === IDLE) return;
    const ms = (timeDeltas[i] ?? 0) / 1000;
    busyMs += ms;
    const place = placeOf(frame.url);
    add(groups, place.group === '' ? nativeGroup(frame.functionName) : place.group, ms);
    const line = place.file === '' ? '' : `  ${place.file}:${frame.lineNumber + 1}`;
    add(functions, `${frame.functionName || '(anonymous)'}${line}`, ms);
  });
  return { busyMs, groups: mostFirst(groups), functions: mostFirst(functions) };
}

/** `packages/router`, the name of a dependency, or `node`; empty for V8's own entries. */
export function placeOf(url: string): { readonly group: string; readonly file: string } {
  const dependency = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)(.*)$/.exec(url);
  if (dependency !== null) {
    const [, name = '', file = ''] = dependency;
    return { group: name, file: `${name}/${file}` };
  }
  const own = /\/((?:packages|services|test)\/[^/]+)\/(.*)$/.exec(url);
  if (own !== null) return { group: own[1] ?? '', file: `${own[1]}/${own[2]}` };
  if (url.startsWith('node:')) return { group: 'node', file: url };
  if (url.startsWith('wasm:')) return { group: 'wasm', file: 'wasm' };
  return { group: '', file: url };
}

/** Of what has no file: V8's own entries, regular expressions, and the rest. */
function nativeGroup(functionName: string): string {
  if (functionName.startsWith('RegExp:')) return 'regular expressions';
  // avsc makes its record readers and writers as text: writeCaseAssigned, readCaseRegistered.
  if (/^(?:read|write|skip|match|check)[A-Z]/.test(functionName)) return 'avsc, generated';
  return /^\([a-z ]+\)$/.test(functionName) && functionName !== '(anonymous)'
    ? functionName
    : 'native code';
}

function add(to: Map<string, number>, name: string, ms: number): void {
  to.set(name, (to.get(name) ?? 0) + ms);
}

function mostFirst(spent: ReadonlyMap<string, number>): readonly Spent[] {
  return [...spent].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
}
