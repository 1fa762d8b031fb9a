package io.tenantry.persistence.connection;

import io.tenantry.tenancy.names.PlatformSchemas;
import io.tenantry.tenancy.sql.SqlScanner;

/**
 * Puts a tenant's schema where mapped SQL says {@link PlatformSchemas#TENANT_PLACEHOLDER}, but
 * never inside a literal, a quoted identifier or a comment: those are data or prose.
 */
final class SchemaPlaceholder {

  private static final String MARK = PlatformSchemas.TENANT_PLACEHOLDER + ".";

  private SchemaPlaceholder() {}

  static String replace(String sql, String schema) {
    if (!sql.contains(MARK)) {
      return sql;
    }
    StringBuilder result = new StringBuilder(sql.length() + 64);
    int copied = 0;
    SqlScanner scanner = new SqlScanner(sql);
    while (scanner.next()) {
      if (scanner.isWord(PlatformSchemas.TENANT_PLACEHOLDER)
          && sql.startsWith(".", scanner.end())) {
        result.append(sql, copied, scanner.start()).append(schema);
        copied = scanner.end();
      }
    }
    return result.append(sql, copied, sql.length()).toString();
  }
}
