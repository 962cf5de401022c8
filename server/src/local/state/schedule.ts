// What happens next by itself, in the order of time. An entry may be outdated when its time comes: whoever takes it
// looks whether the record still says so.

export interface Appointment {
  readonly at: number;
  readonly kind: "task" | "service" | "instance" | "managedInstance" | "managedDaemon" | "again";
  readonly key: string;
}

export interface Schedule {
  add(appointment: Appointment): void;
  /** Takes the next appointment that is due, if there is one. */
  takeDue(now: number): Appointment | undefined;
  /** When the next one is due; `undefined`: never. */
  nextAt(): number | undefined;
}

/** A binary heap: adding and taking cost the logarithm of how many there are. */
export function createSchedule(): Schedule {
  const heap: Appointment[] = [];
  const at = (index: number): number => heap[index]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (left: number, right: number): void => {
    const a = heap[left];
    const b = heap[right];
    if (a === undefined || b === undefined) return;
    heap[left] = b;
    heap[right] = a;
  };
  const sink = (): void => {
    let index = 0;
    for (;;) {
      const child = at(2 * index + 2) < at(2 * index + 1) ? 2 * index + 2 : 2 * index + 1;
      if (at(index) <= at(child)) return;
      swap(index, child);
      index = child;
    }
  };
  const rise = (): void => {
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (at(parent) <= at(index)) return;
      swap(parent, index);
      index = parent;
    }
  };
  return {
    add: (appointment) => {
      heap.push(appointment);
      rise();
    },
    takeDue: (now) => {
      const [first] = heap;
      if (first === undefined || first.at > now) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
    nextAt: () => heap[0]?.at,
  };
}
