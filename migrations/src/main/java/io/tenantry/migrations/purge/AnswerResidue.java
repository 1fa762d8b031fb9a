package io.tenantry.migrations.purge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Stored answers that name the tenant. */
final class AnswerResidue implements ResidueSource {

  @Override
  public String place() {
    return "stored answers";
  }

  @Override
  public List<String> find(Connection backup, Subject subject) throws SQLException {
    long answers = KeptAnswers.count(backup, subject);
    return answers == 0
        ? List.of()
        : List.of(answers + " rows in tenantry_control.idempotency_keys");
  }
}
