package io.tenantry.migrations.rules;

import java.util.Locale;

/** A tree of changesets, with a root that includes its files. */
enum Tree {
  PLATFORM,
  TENANT;

  String root() {
    return label() + ".xml";
  }

  String lock() {
    return label() + ".lock";
  }

  /** As it is called in names of files and folders. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the file stands in one of this tree's folders. */
  boolean holds(String file) {
    return file.startsWith(label() + "/") || file.startsWith("access/" + label() + "/");
  }
}
