/** One thing that happened on disk. */
export interface FileEvent {
  path: string;
  kind: 'created' | 'changed' | 'deleted';
}

/** What a batch of file events came to. */
export interface EventOutcome {
  /** Whether any answer of the analysis may have changed. */
  changed: boolean;
  /** Whether ignore rules changed, so that `index` must run again. */
  reindex: boolean;
}
