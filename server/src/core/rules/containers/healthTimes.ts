// How long a container may be unhealthy before ECS gives it up, from the numbers of its health check.

/** Numbers of a health check in seconds, `retries` apart. */
export interface HealthTimes {
  readonly interval: number;
  readonly retries: number;
  readonly startPeriod: number;
}

/** What Docker takes where a number is not given. */
export const defaultTimes: HealthTimes = { interval: 30, retries: 3, startPeriod: 0 };

/** Seconds after which a daemon that is slow to start should not count as unhealthy; the number is ours. */
const leastSeconds = 30;

/** Seconds from the start until a container that never becomes healthy counts as unhealthy. */
export const secondsUntilUnhealthy = ({ interval, retries, startPeriod }: HealthTimes): number =>
  interval * retries + startPeriod;

/** Whether one slow start is enough to lose the instance of a critical daemon. */
export function isTight(times: HealthTimes): boolean {
  const isFirstFailureTheLast = times.startPeriod === 0 && times.retries === 1;
  return secondsUntilUnhealthy(times) < leastSeconds || isFirstFailureTheLast;
}
