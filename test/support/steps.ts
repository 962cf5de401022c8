// A story told in several tests of one file: each goes on from where the one before it ended.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

export interface Story {
  /** Asked when a step begins. */
  page(): Page;
  /** Keeps a picture of what there was when a step failed. */
  failed(): Promise<void>;
}

export type Step = (title: string, body: (page: Page) => Promise<void>) => void;

/** Makes the function that declares steps. The steps after one that failed could only fail too, and say so at once. */
export function storySteps(story: Story): Step {
  let failed: string | undefined;
  return (title, body) => {
    test(title, async () => {
      assert.equal(failed, undefined, `The story stopped at “${failed}”.`);
      try {
        await body(story.page());
      } catch (error) {
        failed = title;
        await story.failed();
        throw error;
      }
    });
  };
}
