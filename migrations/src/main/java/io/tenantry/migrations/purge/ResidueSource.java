package io.tenantry.migrations.purge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A place where something of a tenant may be left. Stateless; blocks. */
interface ResidueSource {

  /** What is searched, as the certificate names it. */
  String place();

  /**
   * What is there, a line each, naming it so that an operator can remove it; empty: nothing.
   *
   * @param backup as the login that sees rows behind every policy
   */
  List<String> find(Connection backup, Subject subject) throws SQLException;
}
