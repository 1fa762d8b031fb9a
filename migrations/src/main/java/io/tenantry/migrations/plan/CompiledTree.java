package io.tenantry.migrations.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The tenant tree as SQL, made once by Liquibase. Immutable.
 *
 * @param historyTables makes the two tables that stock Liquibase keeps its history in, as it makes
 *     them itself
 * @param liquibase the version that rendered it, as in the history
 */
public record CompiledTree(Plan plan, String historyTables, String liquibase) {

  /** The same rendering, of another plan. */
  public CompiledTree with(Plan other) {
    return new CompiledTree(other, historyTables, liquibase);
  }

  /**
   * SHA-256 over all of the text, as hex. Liquibase's checksums know nothing of rollbacks and
   * flags; two builds with the same hash do and undo the same.
   */
  public String textHash() {
    return textHashes().getLast();
  }

  /**
   * What {@link #textHash} was, or would be, when the tree ended at its first changeset, at its
   * second, and so on: a later build knows by these what an earlier one has begun.
   */
  public List<String> textHashes() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, historyTables);
      List<String> hashes = new ArrayList<>();
      for (ChangeSet change : plan.changeSets()) {
        // Each by itself, not the record: builds that add to it still know what others have begun.
        add(digest, change.id());
        add(digest, change.checksum());
        add(digest, change.sql());
        add(digest, change.rollback() == null ? "none" : "some " + change.rollback());
        add(digest, change.inTransaction() ? "together" : "apart");
        hashes.add(HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest()));
      }
      return List.copyOf(hashes);
    } catch (NoSuchAlgorithmException | CloneNotSupportedException e) {
      throw new IllegalStateException("Every JDK has SHA-256, and can copy it.", e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
