package io.tenantry.migrations.purge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Texts that name the tenant. */
final class NameResidue implements ResidueSource {

  @Override
  public String place() {
    return "its names in stored answers, runs and operations";
  }

  @Override
  public List<String> find(Connection backup, Subject subject) throws SQLException {
    List<String> found = new ArrayList<>();
    for (NamedRows rows : NamedRows.ALL) {
      long named = rows.count(backup, subject);
      if (named > 0) {
        found.add(named + " rows in " + rows.table() + " that name it");
      }
    }
    return found;
  }
}
