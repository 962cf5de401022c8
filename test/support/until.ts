// Waiting for conditions, never for a time.

/** How long a condition may take on a small, busy machine before a test fails, in milliseconds. */
export const patience = Number(process.env.EDITOR_PATIENCE ?? 60_000);

/** Waits until `condition` answers true; a failure inside only means "not yet". Says at the end what it waited for. */
export async function until(
  what: string,
  condition: () => Promise<boolean>,
  milliseconds = patience,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain until ${what}.${last === undefined ? "" : ` Last: ${String(last)}`}`);
}
