// The pages about diagnostics.

export interface DocumentationAnswer {
  readonly pages: readonly DocumentationPage[];
}

export interface DocumentationPage {
  /** A path, by which the pages link to each other: `diagnostics.md` is the index, `diagnostics/TOPIC.md` the rest. */
  readonly name: string;
  /** Markdown, with a heading for each code of the topic. */
  readonly text: string;
}
