// Diagnostics about CPU, memory, GPUs, limits and kernel settings.

import { type CatalogueEntry, client } from "../catalogueEntry";

export const sizeDiagnostics = {
  "memory-missing": {
    severity: "error",
    title: "No memory given",
    message:
      "{container} has neither 'memory' nor 'memoryReservation', and the task definition has no 'memory'. Add one of them (MiB).",
    why: "ECS places tasks by the memory they reserve, so it is required: for the task, or for every container.",
    server: client(
      "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ),
  },
  "memory-below-reservation": {
    severity: "error",
    title: "Memory limit below the reservation",
    message:
      "'memory' ({memory} MiB) is less than 'memoryReservation' ({reservation} MiB). Raise it to at least {reservation}, or lower the reservation.",
    why: "memory is the limit at which the container is killed, memoryReservation what is set aside for it; equal values are fine.",
    server: client(
      "Invalid setting for container '{name}'. 'memory' must be greater than or equal to 'memoryReservation'.",
    ),
  },
  "memory-over-task": {
    severity: "error",
    title: "Container memory above the task's",
    message:
      "'{member}' of {container} is {memory} MiB, more than the {task} MiB of the whole task. Lower it, or raise the task's.",
    why: "The task's memory is a limit for all its containers together.",
    server: client("The 'memory' setting for container '{name}' is greater than for the task."),
  },
  "memories-over-task": {
    severity: "warning",
    title: "Containers reserve more memory than the task has",
    message:
      "The containers reserve {sum} MiB together, more than the {task} MiB of the task. Raise the task's memory to at least {sum}.",
    why: "What is reserved for the containers has to fit into the task.",
  },
  "memory-too-large": {
    severity: "warning",
    title: "More memory than any instance has",
    message: "{memory} MiB is more memory than any instance has. Memory is given in MiB, not in bytes.",
    why: "Docker and Compose count in bytes, ECS counts in MiB.",
  },
  "memory-too-small": {
    severity: "warning",
    title: "Less memory than Docker allows",
    message: "{memory} MiB is less than the 6 MiB that Docker needs to start a container. Use at least 6.",
    why: "Docker 20.10 and later refuse limits below 6 MiB; the container would never start.",
  },
  "cpu-over-task": {
    severity: "error",
    title: "Containers reserve more CPU than the task has",
    message:
      "The containers reserve {sum} CPU units together, more than the {task} of the task. Raise the task's cpu, or lower theirs.",
    why: "The task's cpu is shared among its containers.",
    server: client("The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value"),
  },
  "bad-task-size": {
    severity: "error",
    title: "Task cpu or memory not understood",
    message: "'{value}' is not a valid {member} of a task. Write {example}.",
    why: "The task's cpu is a text of CPU units (128 to 196608) or vCPU, its memory one of MiB or GB.",
    server: client(
      "Invalid '{member}' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    ),
  },
  "ulimit-soft-over-hard": {
    severity: "error",
    title: "Soft limit above the hard limit",
    message:
      "The soft limit {soft} of '{name}' is above its hard limit {hard}. Lower it, or raise the hard limit.",
    why: "A process may raise its soft limit up to the hard one, never above.",
    server: client("Soft limit exceeds hard limit for ulimit {name}"),
  },
  "ulimit-twice": {
    severity: "warning",
    title: "Limit given twice",
    message: "The limit '{name}' is given twice in this container; only one of them counts. Remove one.",
    why: "A process has one soft and one hard limit of a kind.",
  },
  "swappiness-range": {
    severity: "error",
    title: "Swappiness out of range",
    message: "'swappiness' is {value}; it has to be 0 to 100.",
    why: "0 means to swap only when there is no other way, 100 to swap freely.",
  },
  "swappiness-without-max-swap": {
    severity: "warning",
    title: "Swappiness without maxSwap",
    message: "'swappiness' is ignored without 'maxSwap'. Add 'maxSwap', or remove it.",
    why: "Without maxSwap the container uses the swap settings of its instance.",
  },
  "gpu-value": {
    severity: "error",
    title: "Number of GPUs not understood",
    message:
      "'{value}' is not a valid number of GPUs. Write a whole number of at least 1 as text, or \"ALL\".",
    why: "The value of a GPU requirement is a text that holds a count.",
  },
  "neuron-elsewhere": {
    severity: "warning",
    title: "Neuron devices outside Managed Instances",
    message:
      "Only Managed Instances have Neuron devices, and MANAGED_INSTANCES is not in 'requiresCompatibilities'. Add it there, or remove the requirement.",
    why: "ECS documents this type of resource for Managed Instances only.",
  },
  "neuron-value": {
    severity: "error",
    title: "Neuron devices are taken all at once",
    message: "A NeuronDevice requirement has the value \"ALL\", not '{value}'.",
    why: "ECS gives all Neuron devices of an instance to one container.",
  },
  "resource-value-or-sharing": {
    severity: "error",
    title: "Either a value or a sharing strategy",
    message: "A resource requirement has either 'value' or 'sharingStrategy', and this one has {found}.",
    why: "Whole GPUs are counted, shared ones follow a strategy.",
  },
  "resource-twice": {
    severity: "warning",
    title: "Resource required twice",
    message: "This container requires {type} twice. Remove one, and write what it needs in the other.",
    why: "One requirement is how much of a resource a container takes; how ECS reads two of them is not documented.",
  },
  "gpu-twice": {
    severity: "error",
    title: "More than one container takes the Neuron devices",
    message: "Another container already takes all Neuron devices. Only one container of a task can.",
    why: "ECS gives all Neuron devices of an instance to one container.",
  },
  "unknown-capability": {
    severity: "warning",
    title: "Not a Linux capability",
    message: "'{value}' is not a Linux capability that ECS knows. {advice}",
    why: "Capabilities are written without CAP_ and in upper case: NET_ADMIN, SYS_PTRACE, ALL.",
  },
  "unknown-mount-option": {
    severity: "warning",
    title: "Not a tmpfs mount option",
    message: "'{value}' is not a mount option of tmpfs that ECS knows. {advice}",
    why: "ECS lists the mount options that it passes on.",
  },
  "system-control-namespace": {
    severity: "error",
    title: "Kernel parameter outside a container's namespaces",
    message:
      "'{name}' is not a kernel parameter that a container can set for itself. Allowed are net.*, fs.mqueue.* and the IPC limits of kernel.* (msgmax, msgmnb, msgmni, sem, shm…).",
    why: "Other parameters belong to the whole instance.",
  },
  "system-control-shared": {
    severity: "error",
    title: "Kernel parameter of a shared namespace",
    message: "'{name}' cannot be set with {mode}, because the container shares that namespace. Remove it.",
    why: "With the network mode host the net.* parameters are the instance's own, with the IPC mode host the IPC ones.",
  },
  "system-control-twice": {
    severity: "warning",
    title: "Kernel parameter given twice",
    message:
      "The kernel parameter '{name}' is given twice in this container; only one of them counts. Remove one.",
    why: "A kernel parameter has one value.",
  },
  "system-control-conflict": {
    severity: "warning",
    title: "Kernel parameter with two values in one task",
    message:
      "'{name}' is {value} here and {other} in another container, and the containers share it. Give it one value.",
    why: "In the network mode awsvpc, and with the IPC mode task, a kernel parameter holds for the whole task: the container that starts last decides.",
  },
  "system-control-incomplete": {
    severity: "warning",
    title: "Kernel parameter without a name or a value",
    message: "A kernel parameter without '{member}' sets nothing. Add it, or remove the entry.",
    why: "The API marks neither as required, but both belong to a parameter.",
  },
  "security-option": {
    severity: "warning",
    title: "Security option not understood",
    message:
      "'{value}' is not a security option that ECS knows. Use no-new-privileges, apparmor:PROFILE, label:VALUE or credentialspec:PATH.",
    why: "ECS passes on SELinux and AppArmor labels, no-new-privileges and credential specs.",
  },
} as const satisfies Record<string, CatalogueEntry>;
