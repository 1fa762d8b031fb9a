package io.tenantry.migrations.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, historyTables);
      for (ChangeSet change : plan.changeSets()) {
        add(digest, change.toString());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
