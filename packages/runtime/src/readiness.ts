/** Why a process is not ready, by name of the cause. Nothing in it: ready. */
export type Readiness = {
  readonly set: (name: string, reason: string) => void;
  readonly clear: (name: string) => void;
  readonly reasons: () => readonly string[];
  /** Called once, when the last reason goes. */
  readonly onceReady: (listener: () => void) => void;
};

export function createReadiness(): Readiness {
  const causes = new Map<string, string>();
  const listeners: (() => void)[] = [];
  const tell = () => {
    if (causes.size === 0) for (const listener of listeners.splice(0)) listener();
  };
  return {
    set: (name, reason) => void causes.set(name, reason),
    clear(name) {
      causes.delete(name);
      tell();
    },
    reasons: () => [...causes.values()],
    onceReady(listener) {
      listeners.push(listener);
      tell();
    },
  };
}
