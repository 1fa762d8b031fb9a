package io.tenantry.operations.terminal;

/** How data are written; the names are what is typed after {@code --output}. */
public enum OutputForm {
  /** For people. */
  table,
  /** For programs: one document, whose fields stay. */
  json
}
