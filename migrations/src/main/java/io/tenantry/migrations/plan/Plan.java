package io.tenantry.migrations.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The changesets of a tree, in their order. The order only ever grows at its end, so that a schema
 * is described by its last changeset. Immutable.
 */
public record Plan(List<ChangeSet> changeSets) {

  /** The version of a schema in which nothing has run. */
  public static final String NOTHING = "";

  public Plan {
    changeSets = List.copyOf(changeSets);
  }

  /** The last changeset's id: the version that a schema has when all have run. */
  public String version() {
    return changeSets.getLast().id();
  }

  /** Where the changeset of that id is, from 0; empty when there is none. */
  public OptionalInt indexOf(String id) {
    return IntStream.range(0, changeSets.size())
        .filter(i -> changeSets.get(i).id().equals(id))
        .findFirst();
  }

  /** How many have run in a schema of that version; empty when there is no such version. */
  public OptionalInt count(String version) {
    OptionalInt index = indexOf(version);
    return version.equals(NOTHING)
        ? OptionalInt.of(0)
        : index.isPresent() ? OptionalInt.of(index.getAsInt() + 1) : index;
  }

  /** The version of a schema in which the first {@code count} have run. */
  public String versionAt(int count) {
    return count == 0 ? NOTHING : changeSets.get(count - 1).id();
  }

  /** What a schema has when the first {@code count} changesets have run; 0 is an empty one. */
  public Plan first(int count) {
    return new Plan(changeSets.subList(0, count));
  }

  /** What a schema of that version has yet to run, in order. */
  public List<ChangeSet> after(int count) {
    return changeSets.subList(count, changeSets.size());
  }

  /** SHA-256 over ids and checksums, as hex: equal for schemas that ran the same. */
  public String historyHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ChangeSet change : changeSets) {
        digest.update(
            (change.id() + '\n' + change.checksum() + '\n').getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
